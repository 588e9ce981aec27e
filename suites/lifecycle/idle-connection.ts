import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import { within } from '../../host/deadline.ts'
import { defineCase } from '../kernel/case.ts'
import { rules } from './transport-rules.ts'

/** Every plugin answers it with UNIMPLEMENTED, at no cost (LIFE-101). */
const NOBODYS_METHOD = '/nonexistent.Service/Method'

/** Grafana's connection is never quite idle: it holds this stream open, where the plugin offers it (LIFE-073). */
const STDIO = '/plugin.GRPCStdio/StreamStdio'

const idle = defineCase({
  id: 'lifecycle/idle-connection',
  title: 'opens a connection with stdio on it, leaves it alone for some seconds, and then calls on it',
  judges: [rules['keeps-idle-connections']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['keeps-idle-connections'])
    await using http2 = new RawHttp2(t.plugin.address, t.plugin.tls)
    const first = (await http2.settings(t.budgets.connect)) ?? (await faultOf(http2, t.budgets.call))
    if (first !== undefined) return rule.unverified(`a connection that can be left alone (${first})`)
    void http2.call(STDIO, new Uint8Array(), { ms: t.budgets.idle * 2 })
    const closed = await within(http2.closed, t.budgets.idle, t.signal)
    // Whoever says goodbye in order is called again on a new connection, and no call is lost (grpc-go, LIFE-074).
    if (closed.kind === 'settled' && closed.value === 'goodbye') {
      t.note('idle connection', 'closed by the plugin, in order')
      return rule.upheld()
    }
    const fault =
      closed.kind === 'settled'
        ? 'the plugin closed the connection without a word'
        : await faultOf(http2, t.budgets.call)
    if (fault === undefined) return rule.upheld()
    const health = await t.plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    if (health.kind === 'died') return void t.answered(health)
    return rule.broken(`an answer after ${t.budgets.idle} ms without any call`, fault)
  },
})

async function faultOf(http2: RawHttp2, ms: number): Promise<string | undefined> {
  const answer = await http2.call(NOBODYS_METHOD, new Uint8Array(), { ms })
  if (answer.kind === 'ended') return undefined
  return answer.kind === 'open' ? `no answer within ${ms} ms` : answer.reason
}

/** Conversations with pauses. */
export const cases = [idle]
