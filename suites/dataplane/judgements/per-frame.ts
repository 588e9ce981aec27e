import type { Frame } from '../../../host/frames/frame.ts'
import type { ContractType } from '../contract.ts'
import { framesReadAs } from '../contract.ts'
import type { PlaneFinding } from '../judgement.ts'

/** Judges each frame that is read under one of these types and has fields. */
export function perFrame(
  frames: readonly Frame[],
  types: readonly ContractType[],
  judge: (frame: Frame) => readonly Omit<PlaneFinding, 'frame'>[],
): readonly PlaneFinding[] | undefined {
  // A frame without fields says "no data", which has no shape to judge (PLANE-006).
  const filled = framesReadAs(frames, types)?.filter(({ frame }) => frame.fields.length > 0) ?? []
  if (filled.length === 0) return undefined
  return filled.flatMap(({ frame, position }) =>
    judge(frame).map((finding) => ({ ...finding, frame: position })),
  )
}
