import type { Socket } from 'node:net'

import { within } from '../../host/deadline.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import { RawHttp2 } from '../../host/rpc/raw-http2.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { isLost } from './is-lost.ts'
import { oddities, openOddly } from './odd-connection.ts'
import { rules } from './transport-rules.ts'

/** Asks for nothing that costs anything: every plugin answers it with UNIMPLEMENTED (LIFE-101). */
const NOBODYS_METHOD = '/nonexistent.Service/Method'

const odd = defineCase({
  id: 'lifecycle/odd-connections',
  title: 'opens connections that say nothing, send garbage or break off, and calls beside each of them',
  judges: [rules['odd-connections-disturb-nobody']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['odd-connections-disturb-nobody'])
    const plugin = await t.up()
    const usual = await faultBeside(t, plugin)
    if (usual !== undefined) return rule.unverified(`a plugin that answers otherwise (${usual})`)
    const open: Socket[] = []
    try {
      for (const oddity of oddities) {
        const expected = `answers on all other connections beside one that ${oddity.what}`
        const socket = await within(openOddly(plugin.address, oddity).catch(toError), t.budgets.connect)
        if (socket.kind === 'late') return rule.broken(expected, 'no connection at all')
        if (socket.value instanceof Error) return rule.broken(expected, socket.value.message)
        open.push(socket.value)
        const fault = await faultBeside(t, plugin)
        if (fault !== undefined) return rule.broken(expected, fault)
      }
      return rule.upheld()
    } finally {
      for (const socket of open) socket.destroy()
    }
  },
})

/** What is wrong with the host's own connection, or with a new one, or nothing. */
async function faultBeside(t: FreshContext, plugin: Plugin): Promise<string | undefined> {
  const { budgets } = t
  const own = await plugin.sendBytes(NOBODYS_METHOD, new Uint8Array(), { budgetMs: budgets.call }).all()
  if (isLost(own)) return `on the connection that was there before: ${describeResult(own)}`
  await using http2 = new RawHttp2(plugin.address, plugin.tls)
  const silence = await http2.settings(budgets.connect)
  const gone = plugin.exit === undefined ? '' : ` (${describeExit(plugin.exit)})`
  if (silence !== undefined) return `on a new connection: ${silence}${gone}`
  const fresh = await http2.call(NOBODYS_METHOD, new Uint8Array(), { ms: budgets.call })
  if (fresh.kind === 'ended') return undefined
  return `on a new connection: ${fresh.kind === 'open' ? `nothing within ${fresh.ms} ms` : fresh.reason}${gone}`
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** Conversations beside connections that are none. */
export const cases = [odd]
