import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits with tracing. */
export const oddballs = [
  defineOddball({
    id: 'complains-about-its-collector',
    because:
      'exporters print what goes wrong in a form of their own, which disturbs nobody (TRACE-201, LIFE-128)',
    vary: (base) => ({
      ...base,
      logs: {
        ...base.logs,
        onCallEnd(log, call, outcome) {
          if ((call.world.env['GF_INSTANCE_OTLP_ADDRESS'] ?? '') !== '')
            call.world.stderr.write('2026/11/21 09:00:00 traces export: connection refused\n')
          base.logs.onCallEnd(log, call, outcome)
        },
      },
    }),
  }),
]
