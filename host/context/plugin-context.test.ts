import { toBinary } from '@bufbuild/protobuf'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { PluginContextSchema } from '../../proto/gen/grafana/backend_pb.js'
import { bareContext, pluginContext, type ContextOptions, type ContextSubject } from './plugin-context.ts'
import { hostProfiles, newestProfile, profileNamed } from './profile.ts'

const datasource = { id: 'my-datasource', version: '1.0.0', type: 'datasource' }

it('sets the settings message that fits the type of the plugin (CTX-103)', () => {
  expect(settingsSet('datasource')).toEqual([true, false])
  expect(settingsSet('app')).toEqual([false, true])
  expect(settingsSet('panel')).toEqual([false, false])
})

it('leaves out user and organisation of a request without identity (CTX-105, CTX-107)', () => {
  const context = pluginContext(newestProfile, datasource, { user: 'none' })
  expect(context.user).toBeUndefined()
  expect(context.orgId).toBe(0n)
  expect(pluginContext(newestProfile, datasource, { user: 'none', orgId: 3n }).orgId).toBe(3n)
})

it('takes a user of any role (CTX-108)', () => {
  const context = pluginContext(newestProfile, datasource, { user: { login: 'x', role: 'SomethingNew' } })
  expect(context.user).toMatchObject({ login: 'x', name: '', email: '', role: 'SomethingNew' })
})

it('sends jsonData as it is told: bytes, an object, nothing or null (CTX-109)', () => {
  expect(sentJson('empty')).toBe('')
  expect(sentJson('null')).toBe('null')
  expect(sentJson(Buffer.from('{ "b":1}'))).toBe('{ "b":1}')
  expect(sentJson({ b: 1, a: '<' })).toBe('{"a":"\\u003c","b":1}')
})

it('gives every uid the same positive number each time, and hundreds of uids different ones (CTX-404)', () => {
  const ids = Array.from({ length: 500 }, (_, index) => idOf(`source-${index}`))
  expect(new Set(ids).size).toBe(500)
  expect(idOf('source-7')).toBe(ids[7])
  fc.assert(fc.property(fc.string(), (uid) => idOf(uid) > 0n && idOf(uid) < 2n ** 31n))
})

it('sends a user agent of the form that the Go SDK parses (CTX-114)', () => {
  for (const profile of hostProfiles.filter((one) => one.sendsUserAgent)) {
    expect(pluginContext(profile, datasource).userAgent).toMatch(
      /^Grafana\/([0-9]+\.[0-9]+\.[0-9]+(?:[^\s]+)?) \(([a-zA-Z0-9]+); ([a-zA-Z0-9]+)\)$/,
    )
  }
})

it('sends neither user agent nor configuration as Grafana 9.5, whose protocol has no such fields', () => {
  expect(pluginContext(profileNamed('9.5'), datasource)).toMatchObject({ userAgent: '', grafanaConfig: {} })
})

it('adds and replaces keys of grafanaConfig (CTX-115, CTX-402)', () => {
  const { grafanaConfig } = pluginContext(newestProfile, datasource, {
    appUrl: 'http://one/',
    grafanaConfig: { GF_SQL_ROW_LIMIT: '5', UNKNOWN: 'x' },
  })
  expect(grafanaConfig).toMatchObject({ GF_APP_URL: 'http://one/', GF_SQL_ROW_LIMIT: '5', UNKNOWN: 'x' })
})

it('encodes to the same bytes every time', () => {
  expect(bytesOf(datasource)).toEqual(bytesOf(datasource))
})

it('has nothing but the id in the bare context (CTX-101)', () => {
  expect(Buffer.from(toBinary(PluginContextSchema, bareContext(datasource))).toString('latin1')).toBe(
    '\x12\x0dmy-datasource',
  )
})

function settingsSet(type: string): [datasource: boolean, app: boolean] {
  const context = pluginContext(newestProfile, { ...datasource, type })
  return [context.dataSourceInstanceSettings !== undefined, context.appInstanceSettings !== undefined]
}

function sentJson(jsonData: NonNullable<ContextOptions['jsonData']>): string {
  const settings = pluginContext(newestProfile, datasource, { jsonData }).dataSourceInstanceSettings
  return Buffer.from(settings?.jsonData ?? [0]).toString()
}

function idOf(uid: string): bigint {
  return pluginContext(newestProfile, datasource, { uid }).dataSourceInstanceSettings?.id ?? 0n
}

function bytesOf(subject: ContextSubject): Uint8Array {
  return toBinary(PluginContextSchema, pluginContext(newestProfile, subject))
}

it('sends id and version of the plugin, whatever its type (CTX-106)', () => {
  for (const type of ['datasource', 'app']) {
    const context = pluginContext(newestProfile, { id: 'my-plugin', version: '1.2.3', type })
    expect([context.pluginId, context.pluginVersion]).toEqual(['my-plugin', '1.2.3'])
  }
})

it('sends saved secrets decrypted in a flat map, passwords among them, and no others (CTX-111)', () => {
  const secrets = { apiKey: 'k', basicAuthPassword: 'p', password: 'q' }
  const context = pluginContext(newestProfile, datasource, {
    secrets,
    basicAuthUser: 'ba',
    databaseUser: 'db',
  })
  const { user, basicAuthUser, basicAuthEnabled, decryptedSecureJsonData } =
    context.dataSourceInstanceSettings ?? {}
  expect({ user, basicAuthUser, basicAuthEnabled, decryptedSecureJsonData }).toEqual({
    user: 'db',
    basicAuthUser: 'ba',
    basicAuthEnabled: true,
    decryptedSecureJsonData: secrets,
  })
  const plain = pluginContext(newestProfile, datasource).dataSourceInstanceSettings
  expect(plain?.decryptedSecureJsonData).toEqual({})
})
