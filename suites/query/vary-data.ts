import type { Behaviour, DataBehaviour } from '../../reference-plugin/behaviour.ts'
import type { Answer } from '../../reference-plugin/data/answer.ts'
import type { DataQuery, DataResponse } from '../../proto/gen/grafana/backend_pb.js'

/** Replaces some members of the data service and leaves the rest of the plugin alone. */
export function varyData(
  change: (data: DataBehaviour) => Partial<DataBehaviour>,
): (base: Behaviour) => Behaviour {
  return (base) => ({ ...base, data: { ...base.data, ...change(base.data) } })
}

/** Changes every response of QueryData on its way out. */
export function varyResponse(
  change: (response: DataResponse) => Partial<DataResponse>,
): (base: Behaviour) => Behaviour {
  return varyData((data) => ({
    toDataResponse(...answer) {
      const response = data.toDataResponse(...answer)
      return { ...response, ...change(response) }
    },
  }))
}

/** Changes what queries come to, for QueryData and QueryChunkedData alike. */
export function varyAnswer(
  change: (answer: Answer, query: DataQuery) => Answer,
): (base: Behaviour) => Behaviour {
  return varyData((data) => ({
    answerQuery: async (query, request, call) => change(await data.answerQuery(query, request, call), query),
  }))
}

/** The model of a query, as far as it is JSON; an empty one otherwise. */
export function modelOf(query: DataQuery): Readonly<Record<string, unknown>> {
  try {
    const model: unknown = JSON.parse(new TextDecoder().decode(query.json))
    return typeof model === 'object' && model !== null ? { ...model } : {}
  } catch {
    return {}
  }
}
