import { tmpdir } from 'node:os'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { unixSocketIn } from '../../reference-plugin/process/listen-place.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** Legal habits around the handshake. */
export const oddballs: readonly Oddball[] = [
  edited('ends-the-line-with-crlf', 'CR LF is accepted (LIFE-041)', (line) => line.replace('\n', '\r\n')),
  edited(
    'pads-the-whole-line',
    'blanks at the start and the end of the line are trimmed (LIFE-042)',
    (line) => `  ${line.trimEnd()} \n`,
  ),
  edited('prints-an-empty-sixth-field', 'Go plugins always do (lifecycle.md 17.2)', (line) =>
    line.includes('||') ? line : `${line.trimEnd()}|\n`,
  ),
  edited('prints-a-short-sixth-field', 'up to 50 characters are ignored (LIFE-048)', (line) =>
    line.includes('||') ? line : `${line.trimEnd()}|none\n`,
  ),
  edited('says-multiplexing-with-a-capital', 'Go reads True as well (LIFE-049)', (line) =>
    line.replace('||false', '||False'),
  ),
  edited(
    'prints-more-after-the-handshake',
    'the host reads and drops it (LIFE-053)',
    (line) => `${line}${line}ready\n`,
  ),
  edited('announces-localhost', 'a name is resolved by the host (LIFE-046)', (line) =>
    line.replace('127.0.0.1', 'localhost'),
  ),
  edited('announces-no-host', 'an empty host means the local machine (LIFE-046)', (line) =>
    line.replace('127.0.0.1:', ':'),
  ),
  defineOddball({
    id: 'writes-the-line-in-two-pieces',
    because: 'only the whole line counts (LIFE-041)',
    vary: (base) =>
      changed(base, {
        async writeHandshake(line, running) {
          await base.process.writeHandshake(line.slice(0, 7), running)
          await base.process.writeHandshake(line.slice(7), running)
        },
      }),
  }),
  defineOddball({
    id: 'listens-on-a-unix-socket',
    because: 'Go plugins do unless they run on Windows (LIFE-083)',
    vary: (base) =>
      changed(base, {
        listen: (env) => (named(env) ? base.process.listen(env) : unixSocketIn(tmpdir(), env)),
      }),
  }),
  defineOddball({
    id: 'listens-on-ipv6-loopback',
    because: 'IPv6 stands in brackets (LIFE-046)',
    vary: (base) =>
      changed(base, {
        listen: (env) => (named(env) ? base.process.listen(env) : { kind: 'tcp', host: '::1', port: 0 }),
      }),
  }),
  defineOddball({
    id: 'listens-on-tcp-always',
    because: 'PLUGIN_UNIX_SOCKET_DIR means nothing to a plugin on TCP (LIFE-064, LIFE-083)',
    vary: (base) => changed(base, { listen: () => ({ kind: 'tcp', host: '127.0.0.1', port: 0 }) }),
  }),
  defineOddball({
    id: 'fails-to-start-with-status-0',
    because: 'SDK plugins log the reason and exit 0 (LIFE-064)',
    vary: (base) =>
      changed(base, {
        async start(steps, running) {
          await base.process.start(steps, running).catch((error: unknown) => {
            running.log.error('plugin init error', { error: String(error) })
            running.exit(0)
          })
        },
      }),
  }),
]

function edited(id: string, because: string, edit: (line: string) => string): Oddball {
  return defineOddball({
    id,
    because,
    vary: (base) =>
      changed(base, {
        handshakeLine: (bound, running) => edit(base.process.handshakeLine(bound, running)),
      }),
  })
}

function named(env: Readonly<Record<string, string | undefined>>): boolean {
  return (env['PLUGIN_UNIX_SOCKET_DIR'] ?? '') !== ''
}

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}
