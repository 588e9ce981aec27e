import type {
  CheckHealthRequest,
  CheckHealthResponse,
  QueryDataRequest,
} from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Call } from '../../reference-plugin/call.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { instanceMutants } from './instance-mutants.ts'
import { leakingMutants } from './leaking-mutants.ts'
import { rules } from './rules.ts'

/** Does something before every health check. */
function beforeHealth(
  base: Behaviour,
  act: (request: CheckHealthRequest, call: Call) => Promise<void> | void,
): Behaviour {
  return {
    ...base,
    diagnostics: {
      ...base.diagnostics,
      async checkHealth(request, call): Promise<CheckHealthResponse> {
        await act(request, call)
        return base.diagnostics.checkHealth(request, call)
      },
    },
  }
}

/** Does something before every QueryData. */
function beforeQuery(
  base: Behaviour,
  act: (request: QueryDataRequest, call: Call) => Promise<void> | void,
): Behaviour {
  return {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        await act(request, call)
        return base.data.queryData(request, call)
      },
    },
  }
}

/** Misdeeds around the context of a request. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'hangs-without-settings',
    breaks: [rules['survives-without-settings']],
    mutate: (base) =>
      beforeQuery(base, async (request, call) => {
        const { dataSourceInstanceSettings, appInstanceSettings } = request.pluginContext ?? {}
        if (dataSourceInstanceSettings === undefined && appInstanceSettings === undefined)
          await untilAborted(call.signal)
      }),
  }),
  defineMutant({
    id: 'refuses-requests-without-a-user',
    breaks: [rules['any-user-is-served']],
    mutate: (base) =>
      beforeQuery(base, ({ pluginContext }) => {
        if (pluginContext?.user === undefined) throw new Error('no user')
      }),
  }),
  defineMutant({
    id: 'knows-three-roles-only',
    breaks: [rules['any-user-is-served']],
    mutate: (base) =>
      beforeHealth(base, ({ pluginContext }) => {
        const role = pluginContext?.user?.role ?? 'Viewer'
        if (!['Admin', 'Editor', 'Viewer'].includes(role)) throw new Error(`Unknown role: ${role}`)
      }),
  }),
  defineMutant({
    id: 'refuses-the-alert-scheduler',
    breaks: [rules['alerting-is-served']],
    mutate: (base) =>
      beforeQuery(base, ({ headers }) => {
        if (headers['FromAlert'] === 'true') throw new Error('nobody is logged in')
      }),
  }),
  defineMutant({
    id: 'parses-json-data-that-is-not-there',
    breaks: [rules['empty-json-data-is-accepted']],
    mutate: (base) =>
      beforeHealth(base, ({ pluginContext }) => {
        const settings = pluginContext?.dataSourceInstanceSettings
        if (settings?.jsonData.length === 0) throw new SyntaxError('Unexpected end of JSON input')
      }),
  }),
  defineMutant({
    id: 'reads-keys-of-null',
    breaks: [rules['empty-json-data-is-accepted']],
    mutate: (base) =>
      beforeHealth(base, ({ pluginContext }) => {
        const settings = pluginContext?.dataSourceInstanceSettings
        if (new TextDecoder().decode(settings?.jsonData) === 'null') throw new TypeError('null has no keys')
      }),
  }),
  defineMutant({
    id: 'waits-for-an-update-time-in-this-century',
    breaks: [rules['any-update-time-is-accepted']],
    mutate: (base) =>
      beforeQuery(base, async ({ pluginContext }, call) => {
        const at = pluginContext?.dataSourceInstanceSettings?.lastUpdatedMS ?? 1n
        if (at < 0n) await untilAborted(call.signal)
      }),
  }),
  defineMutant({
    id: 'needs-a-user-agent',
    breaks: [rules['missing-and-unknown-parts-are-accepted']],
    mutate: (base) =>
      beforeHealth(base, ({ pluginContext }) => {
        if (pluginContext?.userAgent === '') throw new Error('unparsable user agent')
      }),
  }),
  defineMutant({
    id: 'refuses-unknown-fields-of-the-context',
    breaks: [rules['missing-and-unknown-parts-are-accepted']],
    mutate: (base) =>
      beforeQuery(base, ({ pluginContext }) => {
        if (pluginContext?.$unknown !== undefined) throw new Error('unknown field')
      }),
  }),
  defineMutant({
    id: 'fails-the-health-call-for-broken-json-data',
    breaks: [rules['bad-settings-are-a-health-error']],
    mutate: (base) =>
      beforeHealth(base, ({ pluginContext }) => {
        const json = new TextDecoder().decode(pluginContext?.dataSourceInstanceSettings?.jsonData)
        if (json !== '') JSON.parse(json)
      }),
  }),
  defineMutant({
    id: 'counts-nothing-before-a-health-check',
    breaks: [rules['any-call-may-be-first']],
    mutate(base) {
      const checked = new WeakSet<Running>()
      const careful = beforeHealth(base, (_, call) => void checked.add(call.running))
      return {
        ...careful,
        diagnostics: {
          ...careful.diagnostics,
          collectMetrics(request, call) {
            if (!checked.has(call.running)) throw new Error('not initialised')
            return base.diagnostics.collectMetrics(request, call)
          },
        },
      }
    },
  }),
  ...leakingMutants,
  ...instanceMutants,
]
