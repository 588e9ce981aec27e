import type { Mutant } from '../kernel/mutant.ts'
import { columnMutants } from './mutants/columns.ts'
import { containerMutants } from './mutants/container.ts'
import { jsonMutants } from './mutants/json.ts'
import { metadataMutants } from './mutants/metadata.ts'

/** Misdeeds around data frames; each in one of the frames of frame/known-frames, so that no other area meets it. */
export const mutants: readonly Mutant[] = [
  ...containerMutants,
  ...columnMutants,
  ...metadataMutants,
  ...jsonMutants,
]
