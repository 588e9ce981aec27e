import { describe, expect, it } from 'vitest'

import { hostProfiles } from './profile.ts'
import { resourceRequest } from './query-request.ts'
import { afterResources, forwardedResources, idToken, received, record } from './test-data/recorded.ts'

describe.each(hostProfiles.filter((profile) => profile.recorded))('the profile $name', (profile) => {
  const token = profile.sendsIdToken ? { idToken } : {}

  it.each(forwardedResources(profile))(
    'makes the resource call of $id (RES-102, RES-106)',
    ({ id, http }) => {
      const [written = '', query = ''] = afterResources(http?.request?.path ?? '').split(/\?(.*)/s)
      const recorded = received(profile, 'd-resources', id)
      const made = resourceRequest(profile, {
        method: http?.request?.method ?? '',
        path: written,
        query,
        headers: http?.request?.headers ?? [],
        body: Buffer.from(http?.request?.body?.text ?? ''),
        settings: id.includes('app') ? 'app' : 'datasource',
        keepCookies: id === 'd-headers-nokeep' ? [] : ['keep'],
        ...token,
      })
      expect({ path: made.path, url: made.url, method: made.method }).toEqual({
        path: recorded.path,
        url: recorded.url,
        method: recorded.method,
      })
      expect(made.headers).toEqual(recorded.headers)
      expect(Buffer.from(made.body).toString()).toBe(recorded.body.text)
    },
  )

  it.each(['d-path-bad-utf8', 'd-path-bad-percent'])(
    'refuses the path of %s, which Grafana never forwarded',
    (id) => {
      const recorded = record(profile, 'd-resources', id)
      expect(recorded.plugin.received).toEqual([])
      const path = afterResources(recorded.http?.request?.path ?? '')
      expect(() => resourceRequest(profile, { method: 'GET', path })).toThrow(/resource path/)
    },
  )
})
