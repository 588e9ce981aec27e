import type { StreamBehaviour } from '../behaviour.ts'
import { publishStream } from './publish-stream.ts'
import { runStream } from './run-stream.ts'
import { subscribeStream } from './subscribe-stream.ts'

/** A ticking stream, scripted streams, and nothing else. */
export const referenceStream: StreamBehaviour = { subscribeStream, runStream, publishStream }
