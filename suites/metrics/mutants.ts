import { wakingDelay } from '../../host/waking-time.ts'
import { gzipSync } from 'node:zlib'

import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { CollectMetricsResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { CollectMetricsRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** Misdeeds around CollectMetrics. */
export const mutants = [
  defineMutant({
    id: 'wants-a-user-who-collects-metrics',
    breaks: [rules['bare-context-accepted']],
    mutate: collecting(async ({ pluginContext }) => {
      if (pluginContext?.user === undefined) throw new RpcError(status.UNAUTHENTICATED, 'who are you?')
    }),
  }),
  defineMutant({
    id: 'fails-every-scrape',
    breaks: [rules['ok-or-unimplemented']],
    mutate: collecting(async () => {
      throw new RpcError(status.INTERNAL, 'a collector failed')
    }),
  }),
  defineMutant({
    id: 'exposes-a-series-twice',
    breaks: [rules['valid-text']],
    mutate: writing((text) => text.replace(/^reference_instances \d+\n/m, '$&$&')),
  }),
  defineMutant({
    id: 'forgets-the-last-line-feed-of-its-metrics',
    breaks: [rules['valid-text']],
    mutate: writing((text) => text.trimEnd()),
  }),
  defineMutant({
    id: 'names-the-type-after-the-samples',
    breaks: [rules['valid-text']],
    mutate: writing((text) =>
      text.replace(/(# TYPE reference_instances gauge\n)(reference_instances .+\n)/, '$2$1'),
    ),
  }),
  defineMutant({
    id: 'writes-numbers-with-a-decimal-comma',
    breaks: [rules['valid-text']],
    mutate: writing((text) => `${text}# TYPE reference_load gauge\nreference_load 0,5\n`),
  }),
  defineMutant({
    id: 'compresses-its-metrics',
    breaks: [rules['plain-utf8']],
    mutate: sending((text) => gzipSync(text)),
  }),
  defineMutant({
    id: 'writes-its-metrics-in-latin-1',
    breaks: [rules['plain-utf8']],
    mutate: sending((text) => Buffer.from(`${text}# HELP reference_load Größe.\n`, 'latin1')),
  }),
  defineMutant({
    id: 'asks-its-backend-for-metrics',
    breaks: [rules['quick']],
    mutate: collecting(async () => {
      await wakingDelay(1_050)
    }),
  }),
  defineMutant({
    id: 'counts-down',
    breaks: [rules['counters-only-grow']],
    mutate: (base) => {
      let left = 1_000_000
      return writing((text) => {
        left -= 1
        return `${text}# TYPE reference_quota_total counter\nreference_quota_total ${left}\n`
      })(base)
    },
  }),
]

function collecting(
  first: (request: CollectMetricsRequest) => Promise<void>,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      async collectMetrics(request, call) {
        await first(request)
        return base.diagnostics.collectMetrics(request, call)
      },
    },
  })
}

function writing(change: (text: string) => string): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: { ...base.diagnostics, metricsText: (call) => change(base.diagnostics.metricsText(call)) },
  })
}

function sending(encode: (text: string) => Uint8Array): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      async collectMetrics(_, call) {
        const prometheus = encode(call.behaviour.diagnostics.metricsText(call))
        return create(CollectMetricsResponseSchema, { metrics: { prometheus } })
      },
    },
  })
}
