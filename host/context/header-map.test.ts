import { describe, expect, it } from 'vitest'

import { headerMap } from './header-map.ts'
import { hostProfiles, newestProfile, profileNamed } from './profile.ts'
import { resourceHeaders } from './resource-headers.ts'

/** As `node:http` hands it over: one character per byte. */
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

describe('the header map of a call', () => {
  it('holds forwarded headers under http_ and their canonical names, the first value of each (CTX-201)', () => {
    const client = [
      ['x-dashboard-uid', 'first'],
      ['X-DASHBOARD-UID', 'second'],
      ['x-panel-id', '7'],
    ] as const
    expect(headerMap(profileNamed('10.4'), 'query', { client })).toEqual({
      'http_X-Dashboard-Uid': 'first',
      'http_X-Panel-Id': '7',
    })
  })

  it('holds text as it came, and what is not UTF-8 percent-encoded (CTX-203)', () => {
    const title = (value: string): string | undefined =>
      headerMap(newestProfile, 'query', { client: [['X-Dashboard-Title', value]] })['http_X-Dashboard-Title']
    expect([title(latin1('é')), title('\u00E9'), title('a\u00FFb c')]).toEqual(['é', '%C3%A9', 'a%C3%BFb c'])
  })

  it.each(hostProfiles)(
    'of Grafana $name holds none of the credentials of its client (CTX-206)',
    (profile) => {
      const client = [
        ['Authorization', 'Bearer for-grafana'],
        ['X-Grafana-Device-Id', 'device'],
        ['Cookie', 'grafana_session=s'],
        ['X-Panel-Id', '7'],
      ] as const
      for (const call of ['query', 'health'] as const)
        expect(headerMap(profile, call, { client, keepCookies: ['[]'], idToken: '' })).toEqual({
          'http_X-Panel-Id': '7',
        })
      const {
        Authorization,
        Cookie,
        'X-Grafana-Device-Id': device,
      } = resourceHeaders(profile, { headers: client })
      expect([Authorization, Cookie, device]).toEqual([undefined, undefined, undefined])
    },
  )

  it('of a stream holds the id token alone, and nothing where none is sent (CTX-207)', () => {
    const client = [
      ['X-Panel-Id', '7'],
      ['Cookie', 'a=b'],
    ] as const
    const options = { client, keepCookies: ['[]'], userHeader: 'admin', oauth: { authorization: 'Bearer x' } }
    expect(Object.keys(headerMap(newestProfile, 'stream', options))).toEqual(['http_X-Grafana-Id'])
    expect(headerMap(profileNamed('10.4'), 'stream', options)).toEqual({})
  })
})

describe('the headers of a resource call', () => {
  it('are the client’s, less what belongs to the connection, and what Grafana adds (RES-106)', () => {
    const headers = [
      ['accept-language', 'de'],
      ['X-Multi', '1'],
      ['X-Multi', '2'],
      ['Connection', 'X-Named, keep-alive'],
      ['X-Named', 'n'],
      ['User-Agent', 'browser'],
      ['Origin', 'http://o'],
      ['Referer', 'http://r/'],
      ['X-Forwarded-For', '10.0.0.1'],
      ['X-Forwarded-Host', 'h'],
      ['Te', 'trailers'],
      ['Upgrade', 'h2c'],
    ] as const
    const values = Object.entries(resourceHeaders(profileNamed('10.4'), { headers, peer: '10.0.0.2' })).map(
      ([name, sent]) => [name, sent.values],
    )
    expect(Object.fromEntries(values)).toEqual({
      'Accept-Language': ['de'],
      'X-Multi': ['1', '2'],
      'X-Forwarded-For': ['10.0.0.1, 10.0.0.2'],
      'X-Grafana-Referer': ['http://r/'],
    })
  })
})
