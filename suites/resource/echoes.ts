import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { headerValues } from './answer-faults.ts'
import { joinedBody, resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

const bodies: Readonly<Record<string, () => Uint8Array>> = {
  empty: () => new Uint8Array(),
  'every-byte': () => Uint8Array.from({ length: 256 }, (_, index) => index),
  // A prime period, so that swapped and lost pieces show.
  '1-mib': () =>
    Buffer.alloc(
      1024 * 1024,
      Uint8Array.from({ length: 251 }, (_, index) => index),
    ),
}

/** Sends a request and compares it with what the plugin says that it received. */
export const echoes = defineCase({
  id: 'resource/echo',
  title: 'sends a query string, repeated headers and a body, and has them echoed',
  judges: [
    rules['relative-url-understood'],
    rules['request-headers-complete'],
    rules['request-body-complete'],
  ],
  needs: [needs.scripted],
  process: 'shared',
  variants: Object.keys(bodies),
  async run(t) {
    const body = bodies[t.variant]?.() ?? new Uint8Array()
    const request = resourceCall(t, {
      method: 'POST',
      path: 'conformance/echo',
      query: 'limit=2&limit=3&q=a+b%20c',
      headers: [
        ['X-Test', 'one'],
        ['X-Twice', 'first'],
        ['X-Twice', 'second'],
        ['Content-Type', 'application/octet-stream'],
      ],
      body,
    })
    const echo = readEcho(t.answered(await t.plugin.resource.callResource(request).all()))
    if (echo === undefined) {
      const missing = 'an answer of conformance/echo as fixtures/script.schema.json describes it'
      t.rule(rules['relative-url-understood']).unverified(missing)
      t.rule(rules['request-headers-complete']).unverified(missing)
      t.rule(rules['request-body-complete']).unverified(missing)
      return
    }
    const { url, headers } = echo
    if (sameQuery(url, request.url)) t.rule(rules['relative-url-understood']).upheld()
    else t.rule(rules['relative-url-understood']).broken(request.url, url)

    const seen = ['X-Test', 'X-Twice'].map((name) => `${name}: ${(headers(name) ?? []).join(', ')}`)
    const actual = seen.join('; ')
    const expected = 'X-Test: one; X-Twice: first, second'
    if (actual === expected) t.rule(rules['request-headers-complete']).upheld()
    else t.rule(rules['request-headers-complete']).broken(expected, actual)

    if (Buffer.compare(echo.body, body) === 0) t.rule(rules['request-body-complete']).upheld()
    else
      t.rule(rules['request-body-complete']).broken(
        `the ${body.length} bytes that were sent`,
        `${echo.body.length} bytes${echo.body.length === body.length ? ', some of them others' : ''}`,
      )
  },
})

interface Echo {
  readonly url: string
  readonly body: Buffer
  /** Frameworks spell names as they like (RES-107 exempts spellings). */
  readonly headers: (name: string) => readonly string[] | undefined
}

function readEcho(messages: readonly CallResourceResponse[]): Echo | undefined {
  let read: unknown
  try {
    read = JSON.parse(joinedBody(messages).toString('utf8'))
  } catch {
    return undefined
  }
  if (!isRecord(read) || typeof read['url'] !== 'string' || typeof read['body'] !== 'string') return undefined
  const { headers } = read
  if (!isRecord(headers)) return undefined
  const lists = Object.entries(headers).map(([name, values]) => [name, { values: texts(values) }])
  return {
    url: read['url'],
    body: Buffer.from(read['body'], 'base64'),
    headers: (name) => headerValues(Object.fromEntries(lists), name),
  }
}

function texts(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sameQuery(one: string, other: string): boolean {
  const [first, second] = [one, other].map((url) => [...new URL(url, 'http://plugin/').searchParams])
  return JSON.stringify(first) === JSON.stringify(second)
}
