import { status } from '@grpc/grpc-js'

import type { Field, Frame } from '../../host/frames/frame.ts'
import { failedAnswer } from '../../reference-plugin/data/failed-answer.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { rules as errorRules } from '../errors/rules.ts'
import { rules as frameRules } from '../frame/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { LONGEST_ERROR_BYTES } from './error-text.ts'
import { rules } from './rules.ts'
import { varyAnswer, varyData, varyResponse } from './vary-data.ts'

/** Misdeeds in what is answered. */
export const responseMutants = [
  defineMutant({
    id: 'leaves-the-status-unset',
    breaks: [rules['status-is-explicit']],
    mutate: varyResponse(() => ({ status: 0 })),
  }),
  defineMutant({
    id: 'invents-an-error-source',
    breaks: [rules['error-source-is-known'], rules['downstream-failures-are-marked']],
    mutate: varyResponse(({ error }) => (error === '' ? {} : { errorSource: 'database' })),
  }),
  defineMutant({
    id: 'blames-itself-for-the-database',
    breaks: [rules['downstream-failures-are-marked']],
    mutate: varyResponse(({ error }) => (error === '' ? {} : { errorSource: 'plugin' })),
  }),
  defineMutant({
    id: 'swallows-failures',
    breaks: [rules['failed-query-has-an-error'], errorRules['handler-faults-stay-in-the-call']],
    mutate: varyResponse(({ error }) => (error === '' ? {} : { error: '', errorSource: '', status: 200 })),
  }),
  defineMutant({
    id: 'fails-the-call-for-its-only-query',
    breaks: [rules['failures-are-answered-in-band']],
    mutate: varyData((data) => ({
      async queryData(request, call) {
        const response = await data.queryData(request, call)
        const [only, ...more] = Object.values(response.responses)
        if (only !== undefined && only.error !== '' && more.length === 0)
          throw new RpcError(status.UNKNOWN, only.error)
        return response
      },
    })),
  }),
  defineMutant({
    id: 'fails-the-batch-for-one-bad-query',
    breaks: [rules['failure-stays-in-its-query']],
    mutate: varyData((data) => ({
      async queryData(request, call) {
        for (const query of request.queries) JSON.parse(new TextDecoder().decode(query.json))
        return data.queryData(request, call)
      },
    })),
  }),
  defineMutant({
    id: 'spreads-an-error-over-the-batch',
    breaks: [rules['failure-stays-in-its-query']],
    mutate: varyData((data) => ({
      async queryData(request, call) {
        const response = await data.queryData(request, call)
        const failed = Object.values(response.responses).find(({ error }) => error !== '')
        if (failed !== undefined)
          for (const refId of Object.keys(response.responses)) response.responses[refId] = failed
        return response
      },
    })),
  }),
  defineMutant({
    id: 'shows-a-stack-trace',
    breaks: [rules['error-text-is-useful']],
    mutate: varyResponse(({ error }) =>
      error === '' ? {} : { error: `Error: ${error}\n    at query (/app/query.js:12:34)` },
    ),
  }),
  defineMutant({
    id: 'dumps-the-whole-answer-of-the-database',
    breaks: [rules['error-text-is-useful']],
    mutate: varyResponse(({ error }) =>
      error === '' ? {} : { error: `${error} ${'x'.repeat(LONGEST_ERROR_BYTES)}` },
    ),
  }),
  defineMutant({
    id: 'says-only-that-something-went-wrong',
    breaks: [rules['error-text-is-useful']],
    mutate: varyResponse(({ error }) => (error === '' ? {} : { error: 'Something went wrong.' })),
  }),
  defineMutant({
    id: 'calls-no-frames-an-error',
    breaks: [rules['no-data-is-no-error']],
    mutate: varyAnswer((answer) =>
      answer.kind === 'frames' && answer.frames.length === 0
        ? failedAnswer('no data', { status: 404, source: 'downstream' })
        : answer,
    ),
  }),
  defineMutant({
    id: 'loses-the-only-row-of-a-series',
    breaks: [rules['expected-data-arrives']],
    mutate: varyAnswer((answer) => ({ ...answer, frames: answer.frames.map(withoutOnlyPoint) })),
  }),
  defineMutant({
    id: 'invents-a-format',
    breaks: [frameRules['format-is-told']],
    mutate: varyData((data) => ({
      // Enums of proto3 are open: any number travels.
      toDataResponse: (...answer) => Object.assign(data.toDataResponse(...answer), { format: 7 }),
    })),
  }),
  defineMutant({
    id: 'puts-large-integers-through-a-double',
    breaks: [rules['values-travel-unchanged']],
    mutate: varyValues((value, { type }) =>
      typeof value === 'bigint' && type === 'int64' ? BigInt.asIntN(64, BigInt(Number(value))) : value,
    ),
  }),
  defineMutant({
    id: 'keeps-milliseconds-only',
    breaks: [rules['values-travel-unchanged'], frameRules['arrives-as-built']],
    mutate: varyValues((value, { type }) =>
      typeof value === 'bigint' && type === 'time' ? (value / 1_000_000n) * 1_000_000n : value,
    ),
  }),
  defineMutant({
    id: 'takes-an-empty-text-for-null',
    breaks: [rules['values-travel-unchanged'], frameRules['arrives-as-built']],
    mutate: varyValues((value, { nullable }) => (value === '' && nullable ? null : value)),
  }),
]

/** A line needs two points, thinks the plugin. */
function withoutOnlyPoint(frame: Frame): Frame {
  const [time] = frame.fields
  if (time?.type !== 'time' || time.values.length !== 1) return frame
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [] })) }
}

/** Changes values on their way into a frame. */
function varyValues(
  change: (value: Field['values'][number], field: Field) => Field['values'][number],
): ReturnType<typeof varyData> {
  return varyAnswer((answer) => ({
    ...answer,
    frames: answer.frames.map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) => ({
        ...field,
        values: field.values.map((value) => change(value, field)),
      })),
    })),
  }))
}
