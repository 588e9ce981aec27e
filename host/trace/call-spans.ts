import { ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { AlwaysOffSampler, AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'

/** Trace context of one call and the way to end its span. */
export interface CallSpan {
  /** Metadata to send: `traceparent`, or nothing when tracing is off. */
  readonly metadata: ReadonlyArray<readonly [string, string]>
  end(outcome: { readonly code: number; readonly details: string }): void
}

/** Makes one client span a call, as Grafana does (TRACE-103). */
export interface CallSpans {
  start(method: string): CallSpan
}

export interface CallSpanOptions {
  /** Flag 01 in `traceparent` when true, 00 when false. Default true, as Grafana with a `const` sampler. */
  readonly sampled?: boolean
  /** Receives the host's spans, for instance to write them to a file. */
  readonly processors?: SpanProcessor[]
}

/**
 * Spans named `pluginv2.<Service>/<Method>`, kind client, whose ids travel as W3C `traceparent` (TRACE-103, rpc.md 1.3).
 *
 * Source: grafana:pkg/plugins/backendplugin/grpcplugin/client.go (OpenTelemetry client stats handler).
 */
export function createCallSpans(options: CallSpanOptions = {}): CallSpans {
  const { sampled = true, processors = [] } = options
  const provider = new BasicTracerProvider({
    sampler: sampled ? new AlwaysOnSampler() : new AlwaysOffSampler(),
    spanProcessors: processors,
  })
  const tracer = provider.getTracer('grafana-plugin-conformance')
  return {
    start(method) {
      const span = tracer.startSpan(method.replace(/^\//, ''), { kind: SpanKind.CLIENT }, ROOT_CONTEXT)
      const { traceId, spanId, traceFlags } = span.spanContext()
      const flags = (traceFlags & 1).toString(16).padStart(2, '0')
      return {
        metadata: [['traceparent', `00-${traceId}-${spanId}-${flags}`]],
        end({ code, details }) {
          if (code !== 0) span.setStatus({ code: SpanStatusCode.ERROR, message: details })
          span.setAttribute('rpc.grpc.status_code', code)
          span.end()
        },
      }
    },
  }
}

/** Sends no trace context at all: what a plugin sees when tracing is off in Grafana. */
export const noCallSpans: CallSpans = {
  start() {
    return { metadata: [], end() {} }
  },
}
