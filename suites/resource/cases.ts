import { bodyless } from './bodyless.ts'
import { cancellation } from './cancellation.ts'
import { bodies, slowPieces } from './deliveries.ts'
import { echoes } from './echoes.ts'
import { hostilePaths } from './hostile-paths.ts'
import { relativeUrl } from './relative-urls.ts'
import { samples, unknownPath } from './unknown-paths.ts'

/** Conversations about CallResource. */
export const cases = [
  unknownPath,
  samples,
  relativeUrl,
  echoes,
  bodyless,
  bodies,
  slowPieces,
  hostilePaths,
  cancellation,
]
