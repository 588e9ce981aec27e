import { cancelled } from './cancellation.ts'
import { equivalence } from './equivalence.ts'
import { failing } from './failure.ts'
import { streaming } from './streaming.ts'

/** Conversations about QueryChunkedData. */
export const cases = [equivalence, failing, streaming, cancelled] as const
