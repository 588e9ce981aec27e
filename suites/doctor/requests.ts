import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { headerMap } from '../../host/context/header-map.ts'
import { bareContext, pluginContext } from '../../host/context/plugin-context.ts'
import { dataQuery, queryHeaders, resourceRequest } from '../../host/context/query-request.ts'
import type { ExamineOptions } from './examine-options.ts'

/** One request for each service, as the imitated Grafana would make it: with what the author wrote down, else with nothing. */
export function requests({ subject, profile, samples }: ExamineOptions) {
  const known = { id: subject.id, version: subject.version, type: subject.type ?? 'datasource' }
  const { url, jsonData, secureJsonData } = samples.settings
  const context: PluginContext = pluginContext(profile, known, {
    ...(url === undefined ? {} : { url }),
    // JSON from a file holds JSON values only.
    ...(jsonData === undefined ? {} : { jsonData: jsonData as Record<string, never> }),
    ...(secureJsonData === undefined ? {} : { secrets: secureJsonData }),
  })
  const sample = samples.queries.find((one) => one.expect === 'data')
  const query = dataQuery({
    refId: 'A',
    // What a file says about a query is JSON.
    model: (sample?.model ?? {}) as Record<string, never>,
    datasource: { type: known.id, uid: context.dataSourceInstanceSettings?.uid ?? '' },
    ...(sample?.queryType === undefined ? {} : { queryType: sample.queryType }),
    ...(sample?.from === undefined ? {} : { from: sample.from }),
    ...(sample?.to === undefined ? {} : { to: sample.to }),
  })
  const [resource = { name: '', method: 'GET', path: 'conformance-no-such-resource' }] = samples.resources
  const [path = '', ...search] = resource.path.split('?')
  const [channel] = samples.channels
  return {
    sampled: {
      settings: Object.keys(samples.settings).length > 0,
      query: sample !== undefined,
      resource: samples.resources.length > 0,
    },
    health: { pluginContext: context, headers: headerMap(profile, 'health') },
    asked: query,
    query: { pluginContext: context, headers: queryHeaders(profile, 'dashboard'), queries: [query] },
    resource: {
      pluginContext: context,
      ...resourceRequest(profile, {
        settings: known.type === 'app' ? 'app' : 'datasource',
        method: resource.method,
        path,
        query: search.join('?'),
        ...(resource.body === undefined ? {} : { body: new TextEncoder().encode(resource.body) }),
      }),
    },
    metrics: { pluginContext: bareContext(known) },
    subscription: {
      pluginContext: context,
      path: channel?.path ?? 'nowhere/no-such-channel',
      data:
        channel?.data === undefined
          ? new Uint8Array()
          : new TextEncoder().encode(JSON.stringify(channel.data)),
    },
  }
}
