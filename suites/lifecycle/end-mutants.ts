import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules } from './running-rules.ts'

/** Misdeeds at the end. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'has-no-controller',
    breaks: [rules['offers-shutdown']],
    mutate: (base) => ({ ...base, services: { ...base.services, controller: false } }),
  }),
  defineMutant({
    id: 'agrees-to-shut-down-and-stays',
    breaks: [rules['exits-on-shutdown']],
    mutate: (base) => ({ ...base, process: { ...base.process, onShutdown: async () => {} } }),
  }),
  defineMutant({
    id: 'exits-with-status-1',
    breaks: [rules['exits-on-shutdown']],
    mutate: (base) => ({
      ...base,
      process: { ...base.process, onShutdown: async (running) => running.stop(1) },
    }),
  }),
  defineMutant({
    id: 'waits-for-queries-before-it-shuts-down',
    breaks: [rules['shutdown-call-ends'], rules['exits-on-shutdown']],
    mutate(base) {
      const [counting, asked] = countingQueries(base)
      return changed(counting, {
        async onShutdown(running) {
          if (asked(running) > 0) await untilAborted(running.ended)
          return base.process.onShutdown(running)
        },
      })
    },
  }),
  defineMutant({
    id: 'stays-after-shutdown-while-queries-run',
    breaks: [rules['exits-on-shutdown']],
    mutate(base) {
      const [counting, asked] = countingQueries(base)
      return changed(counting, {
        onShutdown: async (running) => (asked(running) > 0 ? undefined : base.process.onShutdown(running)),
      })
    },
  }),
  defineMutant({
    id: 'lets-its-streams-end-before-it-obeys-sigterm',
    breaks: [rules['ends-on-sigterm']],
    mutate(base) {
      const open = new WeakMap<Running, number>()
      return {
        ...changed(base, {
          onSigterm(running) {
            if ((open.get(running) ?? 0) === 0) base.process.onSigterm(running)
          },
        }),
        stream: {
          ...base.stream,
          async *runStream(request, call) {
            open.set(call.running, (open.get(call.running) ?? 0) + 1)
            try {
              yield* base.stream.runStream(request, call)
            } finally {
              open.set(call.running, (open.get(call.running) ?? 1) - 1)
            }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'leaves-a-grandchild-behind',
    breaks: [rules['leaves-nobody-behind']],
    process: 'child',
    mutate: (base) =>
      changed(base, {
        afterHandshake() {
          spawn('/bin/sh', ['-c', '/bin/sleep 600 &'], { stdio: 'ignore' })
        },
      }),
  }),
  defineMutant({
    id: 'leaves-its-socket-behind',
    breaks: [rules['removes-its-socket']],
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        async start(steps, running) {
          const bound = await steps.listen()
          // The listener has removed the file when the plugin ends.
          running.ended.addEventListener('abort', () => {
            if (bound.kind === 'unix') writeFileSync(bound.path, '')
          })
          await steps.announce(bound)
        },
      },
    }),
  }),
  defineMutant({
    id: 'dies-of-ctrl-c',
    breaks: [rules['ignores-sigint']],
    mutate: (base) => ({
      ...base,
      process: { ...base.process, onSigint: (running) => running.exit(130) },
    }),
  }),
  defineMutant({
    id: 'ignores-sigterm',
    breaks: [rules['ends-on-sigterm']],
    mutate: (base) => ({ ...base, process: { ...base.process, onSigterm: () => {} } }),
  }),
  defineMutant({
    id: 'hides-behind-a-shell',
    breaks: [rules['is-one-process']],
    process: 'folder',
    async alter(folder) {
      const name = (await readdir(folder)).find((entry) => entry.startsWith('gpx_')) ?? ''
      const script = await readFile(join(folder, name), 'utf8')
      // A command after it keeps the shell from replacing itself.
      await writeFile(join(folder, name), `${script.replace('exec ', '')}exit $?\n`)
    },
  }),
  defineMutant({
    id: 'spins-when-nobody-reads-its-log',
    breaks: [rules['stays-calm-without-pipes']],
    process: 'child',
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        onStderrLost(running) {
          const spin = (): void => {
            const until = performance.now() + 20
            while (performance.now() < until);
            if (!running.ended.aborted) setImmediate(spin)
          }
          spin()
        },
      },
    }),
  }),
]

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}

/** A behaviour that counts the queries under way, and the count. */
function countingQueries(base: Behaviour): readonly [Behaviour, (running: Running) => number] {
  const asked = new WeakMap<Running, number>()
  const count = (running: Running): number => asked.get(running) ?? 0
  const counting: Behaviour = {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        asked.set(call.running, count(call.running) + 1)
        try {
          return await base.data.queryData(request, call)
        } finally {
          asked.set(call.running, count(call.running) - 1)
        }
      },
    },
  }
  return [counting, count]
}
