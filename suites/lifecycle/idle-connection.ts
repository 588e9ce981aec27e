import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import { within } from '../../host/deadline.ts'
import { defineCase } from '../kernel/case.ts'
import { rules } from './transport-rules.ts'

/** Every plugin answers it with UNIMPLEMENTED, at no cost (LIFE-101). */
const NOBODYS_METHOD = '/nonexistent.Service/Method'

const idle = defineCase({
  id: 'lifecycle/idle-connection',
  title: 'opens a connection, leaves it alone for some seconds, and then calls on it',
  judges: [rules['keeps-idle-connections']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['keeps-idle-connections'])
    await using http2 = new RawHttp2(t.plugin.address)
    const first = (await http2.settings(t.budgets.connect)) ?? (await faultOf(http2, t.budgets.call))
    if (first !== undefined) return rule.unverified(`a connection that can be left alone (${first})`)
    const closed = await within(http2.closed, t.budgets.idle, t.signal)
    const fault =
      closed.kind === 'settled' ? 'the plugin closed the connection' : await faultOf(http2, t.budgets.call)
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
