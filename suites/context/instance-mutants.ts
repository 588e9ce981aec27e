import { Metadata } from '@grpc/grpc-js'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

function withInstances(base: Behaviour, instances: Partial<Behaviour['instances']>): Behaviour {
  return { ...base, instances: { ...base.instances, ...instances } }
}

/** Misdeeds with instances. */
export const instanceMutants = [
  defineMutant({
    id: 'keeps-old-settings',
    breaks: [rules['changed-settings-take-effect']],
    mutate: (base) => withInstances(base, { version: () => 'for ever' }),
  }),
  defineMutant({
    id: 'builds-an-instance-for-each-call',
    breaks: [rules['instances-are-reused']],
    mutate(base) {
      let version = 0
      return withInstances(base, { version: () => String(++version) })
    },
  }),
  defineMutant({
    id: 'compares-configuration-by-its-order',
    breaks: [rules['instances-are-reused']],
    mutate: (base) =>
      withInstances(base, {
        version: (context) => base.instances.version(context) + Object.keys(context.grafanaConfig).join(),
      }),
  }),
  defineMutant({
    id: 'has-one-instance-for-all-data-sources',
    breaks: [rules['instances-do-not-mix']],
    mutate: (base) =>
      withInstances(base, {
        key({ dataSourceInstanceSettings: source, ...context }, metadata) {
          if (source === undefined) return base.instances.key(context, metadata)
          return base.instances.key(
            { ...context, dataSourceInstanceSettings: { ...source, id: 0n, uid: '' } },
            metadata,
          )
        },
      }),
  }),
  defineMutant({
    id: 'ignores-the-tenant',
    breaks: [rules['tenants-do-not-mix']],
    mutate: (base) => withInstances(base, { key: (context) => base.instances.key(context, new Metadata()) }),
  }),
  defineMutant({
    id: 'closes-an-instance-under-its-calls',
    breaks: [rules['running-calls-outlive-a-change']],
    mutate(base) {
      const newest = new Map<string, bigint>()
      return {
        ...base,
        data: {
          ...base.data,
          async answerQuery(query, request, call) {
            const answer = await base.data.answerQuery(query, request, call)
            const { uid = '', lastUpdatedMS = 0n } = request.pluginContext?.dataSourceInstanceSettings ?? {}
            if (lastUpdatedMS < (newest.get(uid) ?? lastUpdatedMS)) throw new Error('sql: database is closed')
            return answer
          },
        },
        instances: {
          ...base.instances,
          create(context, id) {
            const settings = context.dataSourceInstanceSettings
            if (settings !== undefined) newest.set(settings.uid, settings.lastUpdatedMS)
            return base.instances.create(context, id)
          },
        },
      }
    },
  }),
]
