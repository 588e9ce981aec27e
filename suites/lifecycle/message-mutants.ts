import { status } from '@grpc/grpc-js'

import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules as traceRules } from '../trace/rules.ts'
import { rules } from './running-rules.ts'

/** Misdeeds with metadata and large messages. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'refuses-unknown-metadata',
    breaks: [rules['ignores-unknown-metadata']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        refusal: (incoming, running) =>
          Object.keys(incoming.metadata.getMap()).some((key) => key.startsWith('x-'))
            ? { code: status.INVALID_ARGUMENT, details: 'unknown metadata' }
            : base.transport.refusal(incoming, running),
      },
    }),
  }),
  defineMutant({
    id: 'demands-trace-context',
    breaks: [rules['ignores-unknown-metadata'], traceRules['any-parent-is-accepted']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        refusal: (incoming, running) =>
          incoming.path === '/pluginv2.Diagnostics/CheckHealth' &&
          incoming.metadata.get('traceparent').length === 0
            ? { code: status.INVALID_ARGUMENT, details: 'traceparent is missing' }
            : base.transport.refusal(incoming, running),
      },
    }),
  }),
  defineMutant({
    id: 'limits-requests-to-4-mib',
    breaks: [rules['accepts-large-requests']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_receive_message_length': 4 * 1024 * 1024,
        }),
      },
    }),
  }),
  defineMutant({
    id: 'exits-at-a-large-request',
    breaks: [rules['accepts-large-requests'], rules.survives],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        receive(bytes, path, running) {
          if (bytes.length > 10 * 1024 * 1024) running.exit(137)
          return base.transport.receive(bytes, path, running)
        },
      },
    }),
  }),
  defineMutant({
    id: 'limits-responses-to-4-mib',
    breaks: [rules['sends-large-responses']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_send_message_length': 4 * 1024 * 1024,
        }),
      },
    }),
  }),
]
