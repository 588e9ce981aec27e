import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** The start: environment, files around it, address: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'listens-anywhere-on-loopback',
    because: 'all of 127.0.0.0/8 is this machine on Linux (LIFE-082)',
    vary: (base) =>
      changed(base, {
        listen(env) {
          const place = base.process.listen(env)
          return place.kind === 'tcp' && process.platform === 'linux'
            ? { ...place, host: '127.0.0.2' }
            : place
        },
      }),
  }),
  defineOddball({
    id: 'complains-of-unknown-variables',
    because: 'only the start counts, log noise is allowed (LIFE-024, LIFE-025)',
    vary: (base) =>
      changed(base, {
        async beforeHandshake(running) {
          for (const [name, value] of Object.entries(running.world.env))
            if (name.startsWith('PLUGIN_') || value === '') running.log.warn('unexpected variable', { name })
        },
      }),
  }),
  defineOddball({
    id: 'has-modes-for-debugging',
    because:
      'what it does under -standalone or -version is its own affair, because no Grafana passes arguments (LIFE-006, LIFE-033, LIFE-181, LIFE-184)',
    vary: (base) =>
      changed(base, {
        cookie(env) {
          const decision = base.process.cookie(env)
          return process.argv.includes('-standalone') ? { kind: 'serve' } : decision
        },
        async beforeHandshake(running) {
          if (!running.world.args.includes('-version')) return
          running.world.stdout.write('1.0.0\n')
          running.exit(0)
        },
      }),
  }),
  defineOddball({
    id: 'reads-its-stdin',
    because: 'to read and to drop is to ignore as well (LIFE-009)',
    vary: (base) => changed(base, { onStdinEnd: (running) => running.log.debug('stdin has ended') }),
  }),
]

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}
