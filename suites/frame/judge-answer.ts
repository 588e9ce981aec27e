import { configFindings } from './findings/config-findings.ts'
import { enumFindings } from './findings/enum-findings.ts'
import { identityFindings } from './findings/identity-findings.ts'
import { measurementFindings } from './findings/measurement-findings.ts'
import { metaFindings } from './findings/meta-findings.ts'
import { timeFindings } from './findings/time-findings.ts'
import { unknownKeys } from './findings/unknown-keys.ts'
import type { SeenAnswer, SeenFinding } from './seen-frame.ts'

/** Everything that is wrong with the frames of an answer: what the bytes tell, and what only their content tells. */
export function judgeAnswer(answer: SeenAnswer): readonly SeenFinding[] {
  const perFrame = answer.frames.flatMap(({ frame, format, findings }, position) => [
    ...findings.map((finding) => ({ ...finding, frame: position })),
    ...(frame === undefined || format === 'arrow'
      ? []
      : enumFindings(frame).map((finding) => ({ ...finding, frame: position }))),
    ...(frame === undefined
      ? []
      : [...metaFindings(frame), ...configFindings(frame), ...unknownKeys(frame)].map((finding) => ({
          ...finding,
          advice: true as const,
          frame: position,
        }))),
  ])
  return [
    ...perFrame.filter((finding) => !isFarTime(finding) || asksForThisEra(answer)),
    ...timeFindings(answer),
    ...identityFindings(answer),
    ...measurementFindings(answer),
  ]
}

function isFarTime({ spec, advice }: SeenFinding): boolean {
  return spec === 'FRAME-029' && advice === true
}

/** The years that FRAME-029 takes for real: 1900 to 2200, in milliseconds. */
const ERA = { from: Date.UTC(1900), to: Date.UTC(2200) } as const

/** Who asks for another era can only be answered from there, or from wherever it wraps around to. */
function asksForThisEra({ range }: SeenAnswer): boolean {
  return range === undefined || (range.from >= ERA.from && range.to <= ERA.to)
}
