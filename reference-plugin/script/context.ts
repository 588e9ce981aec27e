import type {
  AppInstanceSettings,
  DataSourceInstanceSettings,
  PluginContext,
} from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'

/** Keys of `grafanaConfig` whose values nobody may see again (CTX-112, CTX-116). */
const SECRET_KEY = /SECRET|KEY|PASSWORD|TOKEN/i

/** The plugin context as received, secrets by name only (fixtures/script.schema.json, resources). */
export function describeContext(context: PluginContext | undefined, call: Call): unknown {
  if (context === undefined) return null
  const { pluginId, pluginVersion, userAgent, apiVersion, namespace } = context
  const user = context.user
  const config = Object.entries(context.grafanaConfig).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    orgId: String(context.orgId),
    pluginId,
    pluginVersion,
    userAgent,
    apiVersion,
    namespace,
    user:
      user === undefined ? null : { login: user.login, name: user.name, email: user.email, role: user.role },
    appInstanceSettings: appSettings(context.appInstanceSettings),
    dataSourceInstanceSettings: sourceSettings(context.dataSourceInstanceSettings),
    grafanaConfig: Object.fromEntries(config.filter(([key]) => !SECRET_KEY.test(key))),
    grafanaConfigSecretKeys: config.map(([key]) => key).filter((key) => SECRET_KEY.test(key)),
    metadata: Object.keys(call.metadata.getMap()).sort(),
  }
}

function appSettings(settings: AppInstanceSettings | undefined): unknown {
  return settings === undefined ? null : sharedSettings(settings)
}

function sourceSettings(settings: DataSourceInstanceSettings | undefined): unknown {
  if (settings === undefined) return null
  const { name, url, user, database, basicAuthEnabled, basicAuthUser, uid } = settings
  return {
    id: String(settings.id),
    uid,
    name,
    url,
    user,
    database,
    basicAuthEnabled,
    basicAuthUser,
    ...sharedSettings(settings),
  }
}

function sharedSettings(settings: AppInstanceSettings | DataSourceInstanceSettings) {
  return {
    jsonData: Buffer.from(settings.jsonData).toString('base64'),
    secretKeys: Object.keys(settings.decryptedSecureJsonData).sort(),
    lastUpdatedMS: String(settings.lastUpdatedMS),
    apiVersion: settings.apiVersion,
  }
}
