import type { Frame } from '../../../host/frames/frame.ts'
import { contractOf } from '../../dataplane/contract.ts'
import type { Conversion } from './conversion.ts'
import { convertTyped } from './typed.ts'
import { convertUntyped } from './untyped.ts'

/** Converts an answer as expressions and alert rules do: strictly when it is under the contract, by guessing otherwise (PLANE-002). */
export function convert(frames: readonly Frame[]): Conversion {
  const contract = contractOf(frames)
  return contract.kind === 'on' ? convertTyped(frames, contract.type) : convertUntyped(frames)
}
