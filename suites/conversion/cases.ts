import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { Case } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { sameJson } from '../kernel/same-json.ts'
import type { StoredQuery } from './conversion-request.ts'
import { conversionRequest, queryRequest, storedQueries } from './conversion-request.ts'
import { readConverted } from './converted.ts'
import { rules } from './rules.ts'

const storedQueriesCase = defineCase({
  id: 'conversion/stored-queries',
  title: 'converts two queries as the API server does, and converts the result again',
  judges: [
    rules['needs-no-settings'],
    rules['queries-come-flattened'],
    rules['order-is-kept'],
    rules['current-queries-stay'],
  ],
  process: 'shared',
  async run(t) {
    const stored = storedQueries(t)
    const raw = queryRequest(stored)
    const result = await t.plugin.conversion.convertObjects(conversionRequest(t, raw))
    const free = t.rule(rules['needs-no-settings'])
    if (result.kind === 'failed' && result.code !== 12) {
      // Only what succeeds with settings can be said to need them.
      const full = await t.plugin.conversion.convertObjects(conversionRequest(t, raw, { settings: 'full' }))
      if (full.kind === 'answered') free.broken('converted queries', describeResult(result))
    }
    const converted = readConverted(t.answered(result))
    free.upheld()
    // Objects that are no queries are found by the observer.
    if (converted.kind === 'fault') return endWithout(t, `converted queries instead of ${converted.actual}`)
    judgeFlattening(t, stored, converted.queries)
    if (converted.queries.length === 0)
      return t.rule(rules['current-queries-stay']).unverified('converted queries')
    return judgeAgain(t, converted.queries)
  },
})

/** A migration may split a query or give it another refId; what must not happen is that one disappears. */
function judgeFlattening(
  t: SharedContext,
  stored: readonly StoredQuery[],
  converted: readonly StoredQuery[],
): void {
  const asked = stored.map((query) => String(query['refId']))
  const got = converted.map((query) => String(query['refId']))
  const flattened = t.rule(rules['queries-come-flattened'])
  const expected = `queries ${asked.join(', ')}`
  const actual = got.length === 0 ? 'no query' : `queries ${got.join(', ')}`
  if (converted.length >= stored.length) flattened.upheld()
  else flattened.broken(expected, actual)
  const known = got.filter((refId) => asked.includes(refId))
  const order = t.rule(rules['order-is-kept'])
  if (known.length < 2) return order.unverified('two converted queries that kept their refIds')
  const sorted = [...known].sort((a, b) => asked.indexOf(a) - asked.indexOf(b))
  return sameJson(known, sorted) ? order.upheld() : order.broken(expected, actual)
}

async function judgeAgain(t: SharedContext, current: readonly StoredQuery[]): Promise<void> {
  const request = conversionRequest(t, queryRequest(current))
  const again = readConverted(t.answered(await t.plugin.conversion.convertObjects(request)))
  const rule = t.rule(rules['current-queries-stay'])
  if (again.kind === 'queries' && sameJson(again.queries, current)) return rule.upheld()
  const actual = again.kind === 'queries' ? JSON.stringify(again.queries) : again.actual
  return rule.broken(shorten(JSON.stringify(current)), shorten(actual))
}

function endWithout(t: SharedContext, missing: string): void {
  for (const slug of ['queries-come-flattened', 'order-is-kept', 'current-queries-stay'] as const)
    t.rule(rules[slug]).unverified(missing)
}

const namedRequest = defineCase({
  id: 'conversion/named-request',
  title: 'converts queries in a request with a uid',
  judges: [rules['uid-is-not-changed']],
  process: 'shared',
  async run(t) {
    const uid = `conformance-${Math.floor(t.random() * 1e9)}`
    const request = conversionRequest(t, queryRequest(storedQueries(t)), { uid })
    const answer = t.answered(await t.plugin.conversion.convertObjects(request))
    const rule = t.rule(rules['uid-is-not-changed'])
    // The Go SDK's conversion of queries leaves the uid empty, and Grafana sends none (CONV-001).
    if (answer.uid === uid || answer.uid === '') return rule.upheld()
    return rule.broken(uid, answer.uid)
  },
})

const unconvertible = defineCase({
  id: 'conversion/unconvertible-object',
  title: 'converts bytes that are no JSON',
  judges: [rules['failure-is-a-grpc-error']],
  process: 'shared',
  async run(t) {
    await requireConversion(t)
    const raw = new TextEncoder().encode('{"queries": [')
    const result = await t.plugin.conversion.convertObjects(conversionRequest(t, raw))
    const rule = t.rule(rules['failure-is-a-grpc-error'])
    if (result.kind === 'failed') return rule.upheld()
    const { objects, result: status } = t.answered(result)
    const said = status === undefined || status.status === '' ? '' : ` and status ${shorten(status.status)}`
    return rule.broken('a gRPC error', `OK with ${objects.length} objects${said}`)
  },
})

const unknownType = defineCase({
  id: 'conversion/unknown-content-type',
  title: 'converts an object of content type application/x-unknown',
  judges: [rules['unknown-content-type-refused']],
  process: 'shared',
  async run(t) {
    await requireConversion(t)
    const contentType = 'application/x-unknown'
    const request = conversionRequest(t, queryRequest(storedQueries(t)), { contentType })
    const result = await t.plugin.conversion.convertObjects(request)
    const rule = t.rule(rules['unknown-content-type-refused'])
    if (result.kind === 'failed') return rule.upheld()
    const { objects } = t.answered(result)
    return rule.broken('a gRPC error', `OK with ${objects.length} objects`)
  },
})

/** Ends the case unless the plugin converts queries at all: a refusal says nothing when everything is refused. */
async function requireConversion(t: SharedContext): Promise<void> {
  t.answered(await t.plugin.conversion.convertObjects(conversionRequest(t, queryRequest(storedQueries(t)))))
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

/** ConvertObjects: conversations. */
export const cases: readonly Case[] = [storedQueriesCase, namedRequest, unconvertible, unknownType]
