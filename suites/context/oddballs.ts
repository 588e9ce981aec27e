import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits with the context of a request. */
export const oddballs = [
  defineOddball({
    id: 'lets-only-admins-query',
    because: 'a plugin may document role-based access and refuse others with status 403 (CTX-108)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        async answerQuery(query, request, call) {
          if (request.pluginContext?.user?.role === 'Admin')
            return base.data.answerQuery(query, request, call)
          return { kind: 'failed', message: 'You may not query.', status: 403, source: 'plugin', frames: [] }
        },
      },
    }),
  }),
  defineOddball({
    id: 'fails-queries-without-settings',
    because: 'any error will do where there are no settings; SDK plugins answer UNKNOWN (CTX-104)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          if (request.pluginContext?.dataSourceInstanceSettings === undefined)
            throw new Error('data source instance settings cannot be nil')
          return base.data.queryData(request, call)
        },
      },
    }),
  }),
  defineOddball({
    id: 'knows-no-query',
    because: 'a plugin without its database can do no better (DATA-205 speaks of those that have one)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        async answerQuery(query, request, call) {
          const answer = await base.data.answerQuery(query, request, call)
          const model = new TextDecoder().decode(query.json)
          if (answer.kind === 'failed' || /"(?:conformance|scenario)":/.test(model)) return answer
          return {
            kind: 'failed',
            message: 'connection refused',
            status: 502,
            source: 'downstream',
            frames: [],
          }
        },
      },
    }),
  }),
  defineOddball({
    id: 'gives-a-header-back-to-its-sender',
    because: 'whoever sent a token knows it; CTX-112 speaks of decrypted settings',
    vary: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          const answer = await base.resource.answer(request, call)
          if (answer.status !== 404) return answer
          const token = request.headers['X-Grafana-Id']?.values[0] ?? ''
          return { ...answer, body: Buffer.from(JSON.stringify({ message: `nothing here for ${token}` })) }
        },
      },
    }),
  }),
]
