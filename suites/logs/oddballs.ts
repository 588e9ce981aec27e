import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits on stderr and stdout. */
export const oddballs = [
  defineOddball({
    id: 'writes-some-plain-lines',
    because: 'runtimes print notices of their own, which Grafana shows at debug (LIFE-128)',
    vary: (base) => ({
      ...base,
      logs: {
        ...base.logs,
        onStart(log, running) {
          running.world.stderr.write(
            '(node:7) ExperimentalWarning: this may change\n[WARN] low on memory\n\n["no", "object"]\n',
          )
          base.logs.onStart(log, running)
        },
      },
    }),
  }),
  defineOddball({
    id: 'logs-without-timestamps',
    because: 'the key may be left out; Grafana uses the time of arrival (LIFE-125)',
    vary: (base) => ({
      ...base,
      logs: {
        ...base.logs,
        format: ({ level, message }) =>
          JSON.stringify({ '@level': ` ${level.toUpperCase()} `, '@message': message, '@module': 5 }),
      },
    }),
  }),
  defineOddball({
    id: 'logs-nothing',
    because: 'nobody has to log (LIFE-122 speaks of lines that are there)',
    vary: (base) => ({
      ...base,
      logs: { ...base.logs, onStart() {}, onCallStart() {}, onCallEnd() {} },
    }),
  }),
  defineOddball({
    id: 'prints-to-stdout-after-the-handshake',
    because: 'Grafana drops it, and 65 535 bytes fit its buffer (LIFE-053, LIFE-123)',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        afterHandshake(running) {
          base.process.afterHandshake(running)
          running.world.stdout.write(`ready\n${'x'.repeat(65_535)}\n`)
        },
      },
    }),
  }),
  defineOddball({
    id: 'logs-a-line-of-65535-bytes',
    because: 'so much fits the buffer of Grafana (LIFE-129)',
    vary: (base) =>
      withStartLog(base, () => {
        const entry = (text: string): string => JSON.stringify({ '@level': 'debug', '@message': text })
        return `${entry('x'.repeat(65_535 - entry('').length))}\n`
      }),
  }),
  defineOddball({
    id: 'prints-braces',
    because: 'plain lines are debug lines, whatever characters they have (LIFE-128)',
    vary: (base) =>
      withStartLog(base, () => '{Name:reference Level:"@level"}\nsent {"@level":"info"} to the backend\n'),
  }),
  defineOddball({
    id: 'ends-its-log-lines-with-crlf',
    because: 'go-plugin drops a carriage return before the line feed (LIFE-120)',
    vary: (base) => ({
      ...base,
      logs: { ...base.logs, format: (entry) => `${base.logs.format(entry)}\r` },
    }),
  }),
  defineOddball({
    id: 'ends-in-the-middle-of-a-log-line',
    because: 'a process that ends while it writes leaves half a line, which nobody can help (LIFE-130)',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        onStderrLost() {},
        async onShutdown(running) {
          // Nothing may come after the half line, least of all the ends of calls that end with the plugin.
          running.world.stderr.end('{"@level":"info","@message":"good b')
          await base.process.onShutdown(running)
        },
      },
    }),
  }),
  defineOddball({
    id: 'floods-its-log',
    because: 'nothing limits how much a plugin logs (LIFE-120)',
    vary: (base) =>
      withStartLog(base, () =>
        `${JSON.stringify({ '@level': 'debug', '@message': 'x'.repeat(900) })}\n`.repeat(500),
      ),
  }),
]

/** Writes more at the start. */
function withStartLog(base: Behaviour, text: () => string): Behaviour {
  return {
    ...base,
    logs: {
      ...base.logs,
      onStart(log, running) {
        running.world.stderr.write(text())
        base.logs.onStart(log, running)
      },
    },
  }
}
