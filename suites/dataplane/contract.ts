import type { Frame } from '../../host/frames/frame.ts'

/** The types that Grafana's dataplane library reads, all of them at version 0.1 (frames.md 5.1). */
export const contractTypes = [
  'timeseries-wide',
  'timeseries-multi',
  'timeseries-long',
  'numeric-wide',
  'numeric-multi',
  'numeric-long',
] as const

/** One of the types that are read strictly once they are declared. */
export type ContractType = (typeof contractTypes)[number]

/** What a frame says about its own shape. */
export interface Declaration {
  readonly type: string
  /** Major and minor; 0.0 when there is none (PLANE-001). */
  readonly version: readonly [number, number]
}

/** Under which type a response is read: `off` means that its consumers guess (PLANE-002). */
export type Contract = { readonly kind: 'off' } | { readonly kind: 'on'; readonly type: ContractType }

/** A frame and its position in the response. */
export interface PlacedFrame {
  readonly frame: Frame
  readonly position: number
}

/** The declaration of a frame; undefined when it declares no type. */
export function declarationOf({ meta }: Frame): Declaration | undefined {
  const { type, typeVersion } = meta ?? {}
  if (typeof type !== 'string' || type === '') return undefined
  const [major, minor] = Array.isArray(typeVersion) ? typeVersion : []
  return { type, version: [partOf(major), partOf(minor)] }
}

/** Whether a declaration has a version, and so puts a response under the contract when its first frame makes it. */
export function isVersioned({ version }: Declaration): boolean {
  return version[0] !== 0 || version[1] !== 0
}

/** Whether Grafana's dataplane library has a reader for this type. */
export function isContractType(type: string): type is ContractType {
  return contractTypes.some((one) => one === type)
}

/** Reads the contract off the first frame, as Grafana does (PLANE-002; grafana:pkg/expr/dataplane.go shouldUseDataplane). */
export function contractOf([first]: readonly Frame[]): Contract {
  const declaration = first === undefined ? undefined : declarationOf(first)
  if (declaration === undefined || !isVersioned(declaration) || !isContractType(declaration.type))
    return { kind: 'off' }
  return { kind: 'on', type: declaration.type }
}

/**
 * The frames that a reader looks at when the response is read under one of these types; undefined otherwise.
 *
 * The readers of wide and long formats look at the first frame only, those of multi formats at every frame that declares
 * the type, whatever its version (dataplane:sdata `frameHasType`).
 */
export function framesReadAs(
  frames: readonly Frame[],
  types: readonly ContractType[],
): readonly PlacedFrame[] | undefined {
  const contract = contractOf(frames)
  if (contract.kind === 'off' || !types.includes(contract.type)) return undefined
  const placed = declaring(frames, contract.type)
  return contract.type.endsWith('-multi') ? placed : placed.slice(0, 1)
}

/** The frames that declare a type, with their positions. */
export function declaring(frames: readonly Frame[], type: string): readonly PlacedFrame[] {
  return frames
    .map((frame, position) => ({ frame, position }))
    .filter(({ frame }) => declarationOf(frame)?.type === type)
}

function partOf(part: unknown): number {
  return typeof part === 'number' ? part : 0
}
