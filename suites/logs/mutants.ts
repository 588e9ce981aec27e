import { defineMutant } from '../kernel/mutant.ts'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { rules } from './rules.ts'

/** Changes the JSON of every log line. */
function withLine(base: Behaviour, change: (line: Record<string, unknown>) => unknown): Behaviour {
  return {
    ...base,
    logs: {
      ...base.logs,
      // The reference writes one JSON object a line.
      format: (entry) =>
        JSON.stringify(change(JSON.parse(base.logs.format(entry)) as Record<string, unknown>)),
    },
  }
}

/** Changes one line: the one at the end of every health check. */
function withHealthLog(base: Behaviour, write: (stderr: NodeJS.WritableStream) => void): Behaviour {
  return {
    ...base,
    logs: {
      ...base.logs,
      onCallEnd(log, call, outcome) {
        if (call.path.endsWith('/CheckHealth')) write(call.world.stderr)
        base.logs.onCallEnd(log, call, outcome)
      },
    },
  }
}

/** Misdeeds on stderr and stdout. */
export const mutants = [
  defineMutant({
    id: 'numbers-its-log-levels',
    breaks: [rules['reserved-keys-are-text']],
    mutate: (base) => withLine(base, (line) => ({ ...line, '@level': 30 })),
  }),
  defineMutant({
    id: 'logs-a-null-message',
    breaks: [rules['reserved-keys-are-text']],
    mutate: (base) => withHealthLog(base, (stderr) => stderr.write('{"@level":"info","@message":null}\n')),
  }),
  defineMutant({
    id: 'logs-unix-timestamps',
    breaks: [rules['reserved-keys-are-text']],
    mutate: (base) => withLine(base, (line) => ({ ...line, '@timestamp': Date.now() })),
  }),
  defineMutant({
    id: 'logs-timestamps-with-three-digits',
    breaks: [rules['timestamps-have-six-digits']],
    mutate: (base) => withLine(base, (line) => ({ ...line, '@timestamp': new Date().toISOString() })),
  }),
  defineMutant({
    id: 'calls-a-level-warning',
    breaks: [rules['levels-are-known']],
    mutate: (base) =>
      withHealthLog(base, (stderr) => stderr.write('{"@level":"warning","@message":"slow"}\n')),
  }),
  defineMutant({
    id: 'logs-plain-text',
    breaks: [rules['lines-are-structured']],
    mutate: (base) => ({
      ...base,
      logs: { ...base.logs, format: ({ level, message }) => `${level.toUpperCase()} ${message}` },
    }),
  }),
  defineMutant({
    id: 'logs-json-with-other-keys',
    breaks: [rules['lines-are-structured']],
    mutate: (base) => ({
      ...base,
      logs: { ...base.logs, format: ({ level, message }) => JSON.stringify({ level, msg: message }) },
    }),
  }),
  defineMutant({
    id: 'logs-a-line-of-64-kib',
    breaks: [rules['stderr-lines-fit']],
    mutate: (base) =>
      withHealthLog(base, (stderr) =>
        stderr.write(`${JSON.stringify({ '@level': 'debug', '@message': 'x'.repeat(65_536) })}\n`),
      ),
  }),
  defineMutant({
    id: 'logs-stack-traces-line-by-line',
    breaks: [rules['one-event-is-one-line']],
    mutate: (base) =>
      withHealthLog(base, (stderr) =>
        stderr.write('Error: refused\n    at connect (client.js:12:3)\n    at check (health.js:4:1)\n'),
      ),
  }),
  defineMutant({
    id: 'mixes-two-log-lines',
    breaks: [rules['json-lines-are-whole']],
    mutate: (base) =>
      withHealthLog(base, (stderr) => {
        const [one, other] = ['checked', 'stored'].map((message) =>
          JSON.stringify({ '@level': 'info', '@message': message }),
        )
        stderr.write(`${one?.slice(0, 20)}${other}\n${one?.slice(20)}\n`)
      }),
  }),
  defineMutant({
    id: 'writes-two-log-entries-a-line',
    breaks: [rules['json-lines-are-whole']],
    mutate: (base) =>
      withHealthLog(base, (stderr) =>
        stderr.write(`${JSON.stringify({ '@level': 'info', '@message': 'checked' }).repeat(2)}\n`),
      ),
  }),
  defineMutant({
    id: 'indents-its-log-entries',
    breaks: [rules['json-lines-are-whole'], rules['lines-are-structured']],
    mutate: (base) => ({
      ...base,
      logs: { ...base.logs, format: (entry) => JSON.stringify(JSON.parse(base.logs.format(entry)), null, 2) },
    }),
  }),
  defineMutant({
    id: 'prints-a-line-of-64-kib',
    breaks: [rules['stdout-lines-fit']],
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        afterHandshake(running) {
          base.process.afterHandshake(running)
          running.world.stdout.write(`${'x'.repeat(65_536)}\n`)
        },
      },
    }),
  }),
]
