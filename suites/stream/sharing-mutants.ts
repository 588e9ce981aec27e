import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { execPath } from 'node:process'
import { wakingDelay } from '../../host/waking-time.ts'

import { status } from '@grpc/grpc-js'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Call } from '../../reference-plugin/call.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { rules as errorRules } from '../errors/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'
import { withStream } from './variation.ts'

/** Time that a cancelled stream takes to let go of its path. */
const WINDING_DOWN_MS = 300

/** Streams and calls at once in a server with too few threads. */
const WORKERS = 20

/** Misdeeds that show when there is more than one stream. */
export const sharingMutants = [
  defineMutant({
    id: 'goes-on-feeding-a-cancelled-stream',
    breaks: [rules['ends-when-cancelled']],
    mutate(base) {
      const fed = new Set<string>()
      return withStream(base, {
        async *runStream(request, call) {
          const twice = fed.has(request.path)
          fed.add(request.path)
          for await (const packet of base.stream.runStream(request, call)) {
            yield packet
            if (twice) yield packet
          }
        },
      })
    },
  }),
  defineMutant({
    id: 'holds-a-path-while-it-winds-down',
    breaks: [rules['path-runs-again']],
    mutate(base) {
      const held = new Set<string>()
      return withStream(base, {
        async *runStream(request, call) {
          const { path } = request
          if (path === 'conformance/quick') {
            if (held.has(path)) throw new RpcError(status.ALREADY_EXISTS, 'the stream runs already')
            held.add(path)
            call.signal.addEventListener('abort', () => {
              void wakingDelay(WINDING_DOWN_MS).then(() => held.delete(path))
            })
          }
          yield* base.stream.runStream(request, call)
        },
      })
    },
  }),
  defineMutant({
    id: 'has-a-thread-for-each-stream-and-few-of-them',
    breaks: [rules['many-streams-at-once'], errorRules['answers-in-time']],
    mutate: withFewWorkers,
  }),
  defineMutant({
    id: 'feeds-two-paths-from-one-queue',
    breaks: [rules['paths-do-not-interfere']],
    mutate(base) {
      const readers = new Map<string, Set<string>>()
      return withStream(base, {
        async *runStream(request, call) {
          const [, queue = '', reader] = request.path.split('/')
          const own = readers.get(queue) ?? new Set()
          readers.set(queue, own)
          if (reader !== undefined && queue === 'two') own.add(reader)
          let index = 0
          for await (const packet of base.stream.runStream(request, call))
            if (own.size < 2 || index++ % 2 === 0) yield packet
        },
      })
    },
  }),
  defineMutant({
    id: 'leaves-a-file-open-for-every-stream',
    breaks: [rules['cancelled-streams-leave-nothing']],
    process: 'child',
    mutate(base) {
      // Whatever can be reached is not collected, and so not closed.
      const files: FileHandle[] = []
      return withStream(base, {
        async *runStream(request, call) {
          files.push(await open(execPath))
          yield* base.stream.runStream(request, call)
        },
      })
    },
  }),
]

/** Health checks and queries wait for a worker while streams occupy all of them. */
function withFewWorkers(base: Behaviour): Behaviour {
  // Each copy of the plugin has workers of its own.
  const busy = new WeakMap<Running, number>()
  const count = (plugin: Running, change: number): void => {
    busy.set(plugin, (busy.get(plugin) ?? 0) + change)
  }
  const turn = async ({ running, signal }: Call): Promise<void> => {
    if ((busy.get(running) ?? 0) >= WORKERS) await untilAborted(signal)
  }
  return {
    ...withStream(base, {
      async *runStream(request, call) {
        count(call.running, 1)
        call.signal.addEventListener('abort', () => count(call.running, -1))
        yield* base.stream.runStream(request, call)
      },
    }),
    diagnostics: {
      ...base.diagnostics,
      async checkHealth(request, call) {
        await turn(call)
        return base.diagnostics.checkHealth(request, call)
      },
    },
  }
}
