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
    id: 'reads-its-stdin',
    because: 'to read and to drop is to ignore as well (LIFE-009)',
    vary: (base) => changed(base, { onStdinEnd: (running) => running.log.debug('stdin has ended') }),
  }),
]

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}
