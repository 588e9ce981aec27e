import { create, toBinary } from '@bufbuild/protobuf'

import { CheckHealthRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { within } from '../../host/deadline.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { isLost } from './is-lost.ts'
import { rules } from './running-rules.ts'

const CHECK_HEALTH = '/pluginv2.Diagnostics/CheckHealth'

const bareHttp2 = defineCase({
  id: 'lifecycle/bare-http2',
  title: 'opens a connection without any gRPC library, calls CheckHealth on it and sends PINGs between calls',
  judges: [rules['speaks-cleartext-http2'], rules['answers-pings']],
  process: 'shared',
  async run(t) {
    const speaks = t.rule(rules['speaks-cleartext-http2'])
    await using http2 = new RawHttp2(t.plugin.address, t.plugin.tls)
    const silence = await http2.settings(t.budgets.settings)
    if (silence !== undefined) {
      await living(t)
      speaks.broken('HTTP/2 SETTINGS at once on a new connection', silence)
      return t.rule(rules['answers-pings']).unverified('a connection that speaks HTTP/2')
    }
    const message = toBinary(
      CheckHealthRequestSchema,
      create(CheckHealthRequestSchema, { pluginContext: t.context() }),
    )
    const answer = await http2.call(CHECK_HEALTH, message, { ms: t.budgets.call })
    if (answer.kind !== 'ended') await living(t)
    if (answer.kind === 'reset') speaks.broken('a gRPC status for CheckHealth', answer.reason)
    else if (answer.kind === 'open')
      speaks.broken('a gRPC status for CheckHealth', `nothing within ${answer.ms} ms`)
    else if (answer.headers['grpc-status'] === undefined)
      speaks.broken(
        'a gRPC status for CheckHealth',
        `HTTP status ${answer.headers[':status'] ?? 'missing'} and none`,
      )
    else if (t.autoMtls) speaks.inapplicable('a start in plaintext: this run asks for AutoMTLS')
    else speaks.upheld()

    const deaf = await pinged(http2, t.budgets.call)
    if (deaf === undefined) return t.rule(rules['answers-pings']).upheld()
    await living(t)
    return t.rule(rules['answers-pings']).broken('an answer to each PING', deaf)
  },
})

/** As many as a dashboard brings about: grpc-go measures the connection with a PING for an answer that it gets (LIFE-079). */
const PINGS = 8

/** PINGs, each after a call, as grpc-go sends them: servers count those without calls between them as abuse, and may. */
async function pinged(http2: RawHttp2, ms: number): Promise<string | undefined> {
  for (let count = 1; count <= PINGS; count += 1) {
    const deaf = await http2.ping(ms)
    if (deaf !== undefined) return count === 1 ? deaf : `${deaf}, at PING ${count}`
    const answer = await http2.call('/nonexistent.Service/Method', new Uint8Array(), { ms })
    if (answer.kind === 'reset') return `${answer.reason}, after PING ${count}`
  }
  return undefined
}

const unknownMethods = defineCase({
  id: 'lifecycle/unknown-methods',
  title: 'calls a service and a method that nobody has',
  judges: [rules['unknown-methods-are-unimplemented']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['unknown-methods-are-unimplemented'])
    for (const path of ['/nonexistent.Service/Method', '/pluginv2.Diagnostics/NoSuchMethod']) {
      const result = await t.plugin.sendBytes(path, new Uint8Array(), { budgetMs: t.budgets.call }).all()
      if (result.kind !== 'failed' || result.code !== 12)
        rule.broken(`UNIMPLEMENTED (12) for ${path}`, describeResult(result))
    }
    const next = await t.plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    if (next.kind === 'died') t.answered(next)
    if (isLost(next)) rule.broken('an answer to the next call', describeResult(next))
    rule.upheld()
  },
})

const twoConnections = defineCase({
  id: 'lifecycle/second-connection',
  title: 'calls CheckHealth on two connections at once',
  judges: [rules['serves-further-connections']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['serves-further-connections'])
    const request = { pluginContext: t.context() }
    const connection = await t.plugin.connect().catch((error: unknown) => {
      rule.broken('a second connection', error instanceof Error ? error.message : String(error))
    })
    if (connection === undefined) return undefined
    await using second = connection
    const results = await Promise.all([
      t.plugin.diagnostics.checkHealth(request),
      second.diagnostics.checkHealth(request),
    ])
    for (const result of results) if (result.kind === 'died') t.answered(result)
    const lost = results.find((result) => isLost(result))
    if (lost === undefined) return rule.upheld()
    return rule.broken('an answer on both connections', describeResult(lost))
  },
})

const reconnect = defineCase({
  id: 'lifecycle/lost-connection',
  title: 'drops its only connection with all streams on it, waits, and connects anew',
  judges: [rules['outlives-its-connection']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['outlives-its-connection'])
    const plugin = await t.up()
    const request = { pluginContext: t.context() }
    const before = await plugin.diagnostics.checkHealth(request)
    plugin.disconnect()
    const exited = plugin.process?.exited ?? new Promise<never>(() => {})
    const ended = await within(exited, t.budgets.watch, t.signal)
    const expected = 'the same process, answering on a new connection'
    if (ended.kind === 'settled')
      return rule.broken(
        expected,
        `the process ended (${describeExit(ended.value)}) when the connection broke`,
      )
    try {
      await plugin.reconnect()
    } catch (error) {
      return rule.broken(
        expected,
        `no new connection: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    const after = await plugin.diagnostics.checkHealth(request)
    if (after.kind === before.kind || !isLost(after)) return rule.upheld()
    return rule.broken(expected, describeResult(after))
  },
})

/** Ends the case where the process is gone, which is not what a broken connection of its own would tell. */
async function living(t: SharedContext): Promise<void> {
  const result = await t.plugin.diagnostics.checkHealth({ pluginContext: t.context() })
  if (result.kind === 'died') t.answered(result)
}

/** Conversations about connections. */
export const cases = [bareHttp2, unknownMethods, twoConnections, reconnect]
