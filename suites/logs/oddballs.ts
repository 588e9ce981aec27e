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
]
