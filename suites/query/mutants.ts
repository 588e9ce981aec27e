import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** Misdeeds around QueryData. */
export const mutants = [
  defineMutant({
    id: 'loses-the-last-refid',
    breaks: [rules['every-refid-answered']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          const response = await base.data.queryData(request, call)
          const last = request.queries.at(-1)
          if (last !== undefined && request.queries.length > 1) delete response.responses[last.refId]
          return response
        },
      },
    }),
  }),
  defineMutant({
    id: 'answers-a-refid-nobody-asked-for',
    breaks: [rules['no-refid-unasked']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          const response = await base.data.queryData(request, call)
          const [first] = Object.values(response.responses)
          if (first !== undefined) response.responses['extra'] = first
          return response
        },
      },
    }),
  }),
  defineMutant({
    id: 'leaves-the-status-unset',
    breaks: [rules['status-is-explicit']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        toDataResponse: (...answer) => ({ ...base.data.toDataResponse(...answer), status: 0 }),
      },
    }),
  }),
  defineMutant({
    id: 'invents-an-error-source',
    breaks: [rules['error-source-is-known']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        toDataResponse(...answer) {
          const response = base.data.toDataResponse(...answer)
          return response.error === '' ? response : { ...response, errorSource: 'database' }
        },
      },
    }),
  }),
  defineMutant({
    id: 'fails-the-batch-for-one-bad-query',
    breaks: [rules['failure-stays-in-its-query']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          for (const query of request.queries) JSON.parse(new TextDecoder().decode(query.json))
          return base.data.queryData(request, call)
        },
      },
    }),
  }),
]
