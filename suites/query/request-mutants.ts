import { status } from '@grpc/grpc-js'

import { failedAnswer } from '../../reference-plugin/data/failed-answer.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { rules as errorRules } from '../errors/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'
import { modelOf, varyAnswer, varyData } from './vary-data.ts'

/** Keys that a strict parser of query models might list. */
const listedKeys =
  'refId datasource datasourceId intervalMs maxDataPoints queryCachingTTL queryType hide key scenario conformance'.split(
    ' ',
  )

const strict = { status: 400, source: 'plugin' } as const

/** Misreadings of what is asked. */
export const requestMutants = [
  defineMutant({
    id: 'loses-the-last-refid',
    breaks: [rules['every-refid-answered']],
    mutate: varyData((data) => ({
      async queryData(request, call) {
        const response = await data.queryData(request, call)
        const last = request.queries.at(-1)
        if (last !== undefined && Object.keys(response.responses).length > 1)
          delete response.responses[last.refId]
        return response
      },
    })),
  }),
  defineMutant({
    id: 'files-an-empty-refid-under-a',
    breaks: [rules['every-refid-answered']],
    mutate: varyData((data) => ({
      queryData: (request, call) =>
        data.queryData(
          { ...request, queries: request.queries.map((query) => ({ ...query, refId: query.refId || 'A' })) },
          call,
        ),
    })),
  }),
  defineMutant({
    id: 'answers-a-refid-nobody-asked-for',
    breaks: [rules['no-refid-unasked']],
    mutate: varyData((data) => ({
      async queryData(request, call) {
        const response = await data.queryData(request, call)
        const [first] = Object.values(response.responses)
        if (first !== undefined) response.responses['extra'] = first
        return response
      },
    })),
  }),
  defineMutant({
    id: 'drops-queries-that-share-a-refid',
    breaks: [rules['duplicate-refids-do-no-harm']],
    mutate: varyData((data) => ({
      queryData(request, call) {
        const refIds = request.queries.map((query) => query.refId)
        const isUnique = (refId: string): boolean => refIds.indexOf(refId) === refIds.lastIndexOf(refId)
        return data.queryData(
          { ...request, queries: request.queries.filter(({ refId }) => isUnique(refId)) },
          call,
        )
      },
    })),
  }),
  defineMutant({
    id: 'refuses-an-empty-batch',
    breaks: [rules['empty-batch-is-answered']],
    mutate: varyData((data) => ({
      queryData(request, call) {
        if (request.queries.length === 0) throw new RpcError(status.INVALID_ARGUMENT, 'no queries')
        return data.queryData(request, call)
      },
    })),
  }),
  defineMutant({
    id: 'steps-for-ever-through-an-interval-of-zero',
    breaks: [rules['edge-values-are-survived'], errorRules['answers-in-time']],
    mutate: varyData((data) => ({
      async answerQuery(query, request, call) {
        if (query.intervalMS === 0n) await untilAborted(call.signal)
        return data.answerQuery(query, request, call)
      },
    })),
  }),
  defineMutant({
    id: 'refuses-unknown-keys',
    breaks: [rules['unknown-keys-are-ignored']],
    mutate: varyAnswer((answer, query) => {
      const unknown = Object.keys(modelOf(query)).find((key) => !listedKeys.includes(key))
      return unknown === undefined ? answer : failedAnswer(`unknown key "${unknown}"`, strict)
    }),
  }),
  defineMutant({
    id: 'chokes-on-null',
    breaks: [rules['unknown-keys-are-ignored']],
    mutate: varyAnswer((answer, query) => {
      const ttl = modelOf(query)['queryCachingTTL']
      return ttl === null ? failedAnswer('queryCachingTTL is not a number', strict) : answer
    }),
  }),
  defineMutant({
    id: 'skips-hidden-queries',
    breaks: [rules['hidden-queries-are-executed']],
    mutate: varyAnswer((answer, query) =>
      modelOf(query)['hide'] === true ? { kind: 'frames', frames: [] } : answer,
    ),
  }),
]
