import { create } from '@bufbuild/protobuf'

import {
  AppInstanceSettingsSchema,
  DataSourceInstanceSettingsSchema,
  PluginContextSchema,
  type AppInstanceSettings,
  type DataSourceInstanceSettings,
  type PluginContext,
} from '../../proto/gen/grafana/backend_pb.js'
import { grafanaJson, type JsonInput } from './grafana-json.ts'
import type { HostProfile } from './profile.ts'
import { users, type Requester } from './users.ts'

/** The plugin that a context is made for, as its `plugin.json` describes it. */
export interface ContextSubject {
  readonly id: string
  readonly version: string
  /** `datasource`, `app`, or any other type; it decides which settings a context carries by default. */
  readonly type: string
}

/** What may differ from one request to the next; every default is what a fresh Grafana sends for its first data source. */
export interface ContextOptions {
  /** Who asks. Default: `admin`. */
  readonly user?: Requester
  /** Default: 1, or 0 when there is no user (CTX-105). */
  readonly orgId?: bigint
  /** Which settings message is set (CTX-103). Default: what fits the plugin's type. */
  readonly settings?: 'datasource' | 'app' | 'none'
  /** The settings' JSON: bytes as they are, an object, nothing, or the literal `null` (CTX-109). Default: `{}`. */
  readonly jsonData?: Uint8Array | { readonly [key: string]: JsonInput } | 'empty' | 'null'
  /** Decrypted secrets by key; passwords of basic auth and of `databaseUser` belong here too (CTX-111). Default: none. */
  readonly secrets?: Readonly<Record<string, string>>
  /** The data source's uid; another uid is another data source. Default: `conformance`. */
  readonly uid?: string
  /** The deprecated number of the data source. Default: one of its own for every uid, lest Go plugins mix them up (CTX-404). */
  readonly id?: bigint
  readonly name?: string
  readonly url?: string
  readonly database?: string
  /** The legacy field `user` of the settings. */
  readonly databaseUser?: string
  /** Switches basic auth on (CTX-111). */
  readonly basicAuthUser?: string
  /** When the settings were saved; a new value makes a new instance (CTX-401). Default: a fixed whole second. */
  readonly lastUpdatedMs?: bigint
  /** Empty in every recording (CTX-113). */
  readonly namespace?: string
  /** The `apiVersion` stored with the settings; empty in every recording (CTX-113). */
  readonly apiVersion?: string
  /** Grafana's root URL. Default: `http://localhost:3000/`, as without configuration. */
  readonly appUrl?: string
  /** Keys that are added to `grafanaConfig`, or take another value (CTX-115, CTX-402). */
  readonly grafanaConfig?: Readonly<Record<string, string>>
}

/** `lastUpdatedMS` of an app that was never configured: Go's zero time, wrapped around (CTX-110, recording `g-sub-app`). */
export const neverUpdatedMs = -6795364578871n

/** The root URL of a Grafana that nobody configured (grafana:conf/defaults.ini `[server] root_url`). */
export const defaultAppUrl = 'http://localhost:3000/'

/** The context that this Grafana sends along with every request but CollectMetrics (CTX-101). */
export function pluginContext(
  profile: HostProfile,
  subject: ContextSubject,
  options: ContextOptions = {},
): PluginContext {
  const { user = 'admin', settings = settingsOf(subject.type) } = options
  const fields = typeof user === 'string' ? (user === 'none' ? undefined : users[user]) : user
  return create(PluginContextSchema, {
    orgId: options.orgId ?? (fields === undefined ? 0n : 1n),
    pluginId: subject.id,
    pluginVersion: subject.version,
    ...(fields === undefined ? {} : { user: fields }),
    ...(settings === 'datasource' ? { dataSourceInstanceSettings: dataSource(options) } : {}),
    ...(settings === 'app' ? { appInstanceSettings: app(options) } : {}),
    grafanaConfig: {
      ...profile.grafanaConfig({ appUrl: options.appUrl ?? defaultAppUrl }),
      ...options.grafanaConfig,
    },
    userAgent: profile.sendsUserAgent ? `Grafana/${profile.grafanaVersion} (linux; amd64)` : '',
    namespace: options.namespace ?? '',
  })
}

/** The context of CollectMetrics, which holds the plugin's id and nothing else (CTX-101, recording `f-ok`). */
export function bareContext(subject: Pick<ContextSubject, 'id'>): PluginContext {
  return create(PluginContextSchema, { pluginId: subject.id })
}

function settingsOf(type: string): 'datasource' | 'app' | 'none' {
  return type === 'datasource' || type === 'app' ? type : 'none'
}

function dataSource(options: ContextOptions): DataSourceInstanceSettings {
  const { uid = 'conformance' } = options
  return create(DataSourceInstanceSettingsSchema, {
    id: options.id ?? numberOf(uid),
    uid,
    name: options.name ?? 'Conformance',
    url: options.url ?? '',
    user: options.databaseUser ?? '',
    database: options.database ?? '',
    basicAuthEnabled: options.basicAuthUser !== undefined,
    basicAuthUser: options.basicAuthUser ?? '',
    ...storedSettings(options),
  })
}

function app(options: ContextOptions): AppInstanceSettings {
  return create(AppInstanceSettingsSchema, storedSettings(options))
}

/** A whole second, because Grafana stores no fractions (recordings, `lastUpdatedMS`). */
const lastUpdatedMs = 1_700_000_000_000n

function storedSettings(options: ContextOptions) {
  return {
    jsonData: jsonBytes(options.jsonData ?? {}),
    decryptedSecureJsonData: { ...options.secrets },
    lastUpdatedMS: options.lastUpdatedMs ?? lastUpdatedMs,
    apiVersion: options.apiVersion ?? '',
  }
}

function jsonBytes(jsonData: NonNullable<ContextOptions['jsonData']>): Uint8Array {
  if (jsonData instanceof Uint8Array) return jsonData
  if (jsonData === 'empty') return new Uint8Array()
  return new TextEncoder().encode(jsonData === 'null' ? 'null' : grafanaJson(jsonData))
}

/** FNV-1a of the uid, cut to a positive number of 31 bits: the same in every run, without any state. */
function numberOf(uid: string): bigint {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(uid)) hash = Math.imul(hash ^ byte, 0x01000193)
  return BigInt(hash >>> 1 || 1)
}
