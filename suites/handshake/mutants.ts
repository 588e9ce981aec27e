import { createServer } from 'node:net'
import { wakingDelay } from '../../host/waking-time.ts'

import type { Behaviour, ListenPlace } from '../../reference-plugin/behaviour.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { lineMutants } from './line-mutants.ts'
import { rules } from './rules.ts'

/** Late enough that the first connection comes before; the host's reaches for the address within a millisecond. */
const LATE_MS = 300

/** Longer than half of the shortest budget that tests use. */
const SLOW_MS = 3_300

/** Misdeeds between the start of the process and the first call. */
const startMutants = [
  defineMutant({
    id: 'dies-before-it-says-anything-on-stdout',
    breaks: [rules['serves-when-started']],
    mutate: (base) =>
      changed(base, {
        async beforeHandshake(running) {
          running.log.error('no licence')
          running.exit(3)
        },
      }),
  }),
  defineMutant({
    id: 'dies-without-a-word',
    breaks: [rules['serves-when-started'], rules['failure-is-explained']],
    mutate: (base) =>
      changed(base, {
        beforeHandshake: async (running) => running.exit(0),
      }),
  }),
  defineMutant({
    id: 'keeps-the-reason-to-itself',
    breaks: [rules['failure-is-explained']],
    mutate: (base) =>
      changed(base, {
        async start(steps, running) {
          await base.process.start(steps, running).catch(() => running.exit(1))
        },
      }),
  }),
  defineMutant({
    id: 'prints-the-reason-on-stdout',
    breaks: [rules['failure-is-explained']],
    mutate: (base) =>
      changed(base, {
        async start(steps, running) {
          await base.process.start(steps, running).catch((error: unknown) => {
            running.world.stdout.write(`${String(error)}\n`)
            running.exit(1)
          })
        },
      }),
  }),
  defineMutant({
    id: 'never-announces-itself',
    breaks: [rules['arrives-in-time']],
    mutate: (base) =>
      changed(base, {
        beforeHandshake: (running) =>
          new Promise((resolve) => running.ended.addEventListener('abort', () => resolve())),
      }),
  }),
  defineMutant({
    id: 'is-slow-on-a-cold-start',
    breaks: [rules['arrives-soon']],
    mutate(base) {
      let cold = true
      return changed(base, {
        async beforeHandshake(running) {
          if (!cold) return
          cold = false
          await wakingDelay(SLOW_MS, running.ended)
        },
      })
    },
  }),
  defineMutant({
    id: 'announces-before-it-listens',
    breaks: [rules['listens-before-announcing']],
    mutate(base) {
      let first = true
      return changed(base, {
        async start(steps, running) {
          if (!first) return base.process.start(steps, running)
          first = false
          const place = {
            kind: 'tcp',
            host: '127.0.0.1',
            port: await freePort(),
          } as const satisfies ListenPlace
          await steps.announce(place)
          await wakingDelay(LATE_MS, running.ended)
          await steps.listen(place)
          return undefined
        },
      })
    },
  }),
  defineMutant({
    id: 'hangs-up-on-everybody',
    breaks: [rules['answers-in-plaintext']],
    mutate: (base) => ({ ...base, transport: { ...base.transport, onConnection: () => 'refuse' } }),
  }),
  defineMutant({
    id: 'serves-without-the-cookie',
    breaks: [rules['refuses-without-the-cookie']],
    mutate: (base) => changed(base, { cookie: () => ({ kind: 'serve' }) }),
  }),
  defineMutant({
    id: 'compares-the-cookie-without-case',
    breaks: [rules['refuses-without-the-cookie']],
    mutate: (base) =>
      changed(base, {
        cookie: (env) =>
          base.process.cookie({ ...env, grafana_plugin_type: env['grafana_plugin_type']?.toLowerCase() }),
      }),
  }),
  defineMutant({
    id: 'ends-with-status-0-without-the-cookie',
    breaks: [rules['refuses-without-the-cookie']],
    mutate: (base) =>
      changed(base, {
        cookie(env) {
          const decision = base.process.cookie(env)
          return decision.kind === 'serve' ? decision : { ...decision, exitCode: 0 }
        },
      }),
  }),
]

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}

/** A port that nobody listens on, at least for now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** The handshake line and what stands behind it: misdeeds. */
export const mutants: readonly Mutant[] = [...lineMutants, ...startMutants]
