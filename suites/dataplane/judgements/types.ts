import { clip } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import type { Declaration } from '../contract.ts'
import { declarationOf, isContractType, isVersioned } from '../contract.ts'
import type { PlaneFinding, PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'

/** How declarations are judged. */
export const typeJudgements: readonly PlaneJudgement[] = [
  {
    rule: rules['version-is-that-of-the-type'],
    about: 'a frame that declares a type',
    judge: judgeVersions,
  },
  {
    rule: rules['first-frame-declares-the-type'],
    about: 'frames that declare a type and its version',
    judge(frames) {
      const declared = declarations(frames)
      const [first] = declared.filter(({ declaration }) => isVersioned(declaration))
      if (first === undefined) return undefined
      if (first.position === 0) return []
      const own = declared.find(({ position }) => position === 0)?.declaration
      return [
        {
          frame: 0,
          where: 'meta.type',
          expected: `${show(first.declaration)}, as frame ${first.position} declares`,
          found: own === undefined ? 'no type' : show(own),
        },
      ]
    },
  },
  {
    rule: rules['one-type-per-response'],
    about: 'a frame that declares a type',
    judge(frames) {
      const declared = declarations(frames)
      const [first] = declared
      if (first === undefined) return undefined
      const { type } = first.declaration
      return declared
        .filter(({ declaration }) => declaration.type !== type)
        .map(({ position, declaration }) => ({
          frame: position,
          where: 'meta.type',
          expected: `${clip(type)}, as in frame ${first.position}`,
          found: clip(declaration.type),
        }))
    },
  },
]

/** Compares versions with types (PLANE-001). */
export function judgeVersions(frames: readonly Frame[]): readonly PlaneFinding[] | undefined {
  const declared = declarations(frames)
  // An unknown type without a version is a private remark: neither good nor bad.
  const told = declared.some(({ declaration }) => isVersioned(declaration) || isKnown(declaration.type))
  return told ? declared.flatMap(versionFindings) : undefined
}

/** The version of all six types that have a reader (frames.md 5.1). */
const CONTRACT_VERSION = [0, 1] as const
const NO_VERSION = [0, 0] as const

interface PlacedDeclaration {
  readonly position: number
  readonly declaration: Declaration
}

/** Types that Grafana knows and that no library reads: they have no version yet (frames.md 5.1). */
const unversioned = [
  'timeseries-many',
  'log-lines',
  'table',
  'directory-listing',
  'heatmap-rows',
  'heatmap-cells',
  'histogram',
]

function isKnown(type: string): boolean {
  return isContractType(type) || unversioned.includes(type)
}

function declarations(frames: readonly Frame[]): readonly PlacedDeclaration[] {
  return frames.flatMap((frame, position) => {
    const declaration = declarationOf(frame)
    return declaration === undefined ? [] : [{ position, declaration }]
  })
}

function versionFindings({ position, declaration: { type, version } }: PlacedDeclaration): PlaneFinding[] {
  const [major, minor] = isContractType(type) ? CONTRACT_VERSION : NO_VERSION
  if (version[0] === major && version[1] === minor) return []
  const expected = `${major}.${minor} for the type ${clip(type)}`
  return [{ frame: position, where: 'meta.typeVersion', expected, found: version.join('.') }]
}

function show({ type, version }: Declaration): string {
  return `${clip(type)} ${version.join('.')}`
}
