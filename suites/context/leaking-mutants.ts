import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Running } from '../../reference-plugin/running.ts'
import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

function passwordOf(context: PluginContext | undefined): string {
  return context?.dataSourceInstanceSettings?.decryptedSecureJsonData['password'] ?? ''
}

function leaks(id: string, mutate: (base: Behaviour) => Behaviour) {
  return defineMutant({ id, breaks: [rules['no-secret-leaves']], mutate })
}

/** One leak for each way out of a plugin. */
export const leakingMutants = [
  leaks('logs-whole-requests', (base) => ({
    ...base,
    data: {
      ...base.data,
      queryData(request, call) {
        const settings = request.pluginContext?.dataSourceInstanceSettings
        call.log.debug('request', { secrets: settings?.decryptedSecureJsonData })
        return base.data.queryData(request, call)
      },
    },
  })),
  leaks('logs-its-environment', (base) => ({
    ...base,
    logs: {
      ...base.logs,
      onStart(log, running) {
        log.debug('environment', { ...running.world.env })
        base.logs.onStart(log, running)
      },
    },
  })),
  leaks('prints-the-password', (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      checkHealth(request, call) {
        call.world.stdout.write(`login ${passwordOf(request.pluginContext)}\n`)
        return base.diagnostics.checkHealth(request, call)
      },
    },
  })),
  leaks('quotes-the-connection-in-errors', (base) => ({
    ...base,
    data: {
      ...base.data,
      async answerQuery(query, request, call) {
        const answer = await base.data.answerQuery(query, request, call)
        if (answer.kind !== 'failed' || !answer.message.includes('not valid JSON')) return answer
        const login = Buffer.from(`root:${passwordOf(request.pluginContext)}`).toString('base64')
        return { ...answer, message: `${answer.message} (Authorization: Basic ${login})` }
      },
    },
  })),
  leaks('shows-the-executed-url-with-its-password', (base) => ({
    ...base,
    data: {
      ...base.data,
      async answerQuery(query, request, call) {
        const answer = await base.data.answerQuery(query, request, call)
        // Frames that were asked for word by word are checked word by word; this is about the plugin's own.
        if (new TextDecoder().decode(query.json).includes('"conformance":{')) return answer
        const password = passwordOf(request.pluginContext)
        const frames = answer.frames.map((frame) =>
          frame.meta?.['executedQueryString'] === undefined
            ? frame
            : { ...frame, meta: { ...frame.meta, executedQueryString: `https://root:${password}@db/query` } },
        )
        return { ...answer, frames }
      },
    },
  })),
  leaks('explains-a-404-with-its-settings', (base) => ({
    ...base,
    resource: {
      ...base.resource,
      async answer(request, call) {
        const answer = await base.resource.answer(request, call)
        if (answer.status !== 404) return answer
        const secret = Buffer.from(passwordOf(request.pluginContext)).toString('hex')
        return { ...answer, body: Buffer.from(JSON.stringify({ message: `nothing at /${secret}` })) }
      },
    },
  })),
  leaks('puts-the-settings-into-health-details', (base) => ({
    ...base,
    diagnostics: {
      ...base.diagnostics,
      async checkHealth(request, call) {
        const response = await base.diagnostics.checkHealth(request, call)
        const text = new TextDecoder().decode(response.jsonDetails)
        if (text === '') return response
        const details = {
          ...(JSON.parse(text) as object),
          dsn: encodeURIComponent(passwordOf(request.pluginContext)),
        }
        return { ...response, jsonDetails: Buffer.from(JSON.stringify(details)) }
      },
    },
  })),
  leaks('labels-a-metric-with-a-token', (base) => {
    const tokens = new WeakMap<Running, string>()
    return {
      ...base,
      data: {
        ...base.data,
        queryData(request, call) {
          const token = request.headers['http_X-Grafana-Id']
          if (token !== undefined) tokens.set(call.running, token)
          return base.data.queryData(request, call)
        },
      },
      diagnostics: {
        ...base.diagnostics,
        metricsText(call) {
          const token = tokens.get(call.running)
          const text = base.diagnostics.metricsText(call)
          if (token === undefined) return text
          return `${text}# HELP last_token The last token.\n# TYPE last_token gauge\nlast_token{token="${token}"} 1\n`
        },
      },
    }
  }),
]
