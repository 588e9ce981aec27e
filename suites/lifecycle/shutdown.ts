import { readdir } from 'node:fs/promises'

import type { StopReport } from '../../host/launch/plugin.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { FreshContext, Judge } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { holdStreams } from './open-streams.ts'
import { rules } from './running-rules.ts'

const UNIMPLEMENTED = 12
const UNAVAILABLE = 14

/** Longer than any budget: the query runs until somebody ends it. */
const LONG_MS = 60_000

const stop = defineCase({
  id: 'lifecycle/stop',
  title: 'calls Shutdown, closes the connection and waits 2 s, as Grafana does',
  judges: [
    rules['offers-shutdown'],
    rules['exits-on-shutdown'],
    rules['removes-its-socket'],
    rules['leaves-nobody-behind'],
  ],
  process: 'fresh',
  async run(t) {
    // Plugins that choose TCP on their own use a unix socket when the host names a folder for it (LIFE-083).
    const folder = await t.folder()
    const temporary = await t.folder()
    const plugin = await t.up({ env: { PLUGIN_UNIX_SOCKET_DIR: folder, TMPDIR: temporary } })
    const report = await plugin.stop()
    const files = [...(await readdir(folder)), ...(await readdir(temporary))]
    if (files.length > 0) t.note('files left behind', files.join(', ').slice(0, 400))
    judgeDescendants(t, report)
    const offered = judgeOffer(t.rule(rules['offers-shutdown']), report)
    judgeExit(t.rule(rules['exits-on-shutdown']), report, offered)
    const socket = t.rule(rules['removes-its-socket'])
    if (report.socketLeft === undefined) socket.inapplicable('a unix socket')
    else if (report.killed) socket.unverified('an orderly exit')
    else if (report.socketLeft)
      socket.broken('no file after the exit', 'the file of the socket is still there')
    else socket.upheld()
  },
})

function judgeDescendants(t: FreshContext, { exit, killed, leftBehind, pipesClosed }: StopReport): void {
  const rule = t.rule(rules['leaves-nobody-behind'])
  // Elsewhere the system does not tell who belongs to a group.
  if (t.subject.start !== 'child' || process.platform !== 'linux')
    return rule.unverified('a process that this host starts on Linux')
  // Who is killed can not clear up.
  if (killed || exit === undefined) return rule.unverified('an orderly exit')
  if (leftBehind.length === 0) return rule.upheld()
  const found = leftBehind.join('; ').slice(0, 400)
  return rule.broken(
    'no process after the exit',
    pipesClosed ? found : `${found} (holding stdout or stderr, so that Grafana waits for it)`,
  )
}

function judgeOffer(rule: Judge, { shutdown }: StopReport): boolean {
  if (shutdown === undefined) {
    rule.unverified('a plugin that lives until Shutdown')
    return false
  }
  const missing = shutdown.kind === 'failed' && shutdown.code === UNIMPLEMENTED
  if (missing) rule.broken('a Shutdown method', describeResult(shutdown))
  else rule.upheld()
  return !missing
}

function judgeExit(rule: Judge, report: StopReport, offered: boolean): void {
  const expected = 'exit status 0 within 2 s'
  if (!offered) return rule.inapplicable('GRPCController/Shutdown')
  if (report.killed || report.exit === undefined)
    return rule.broken(expected, 'still there 2 s after Shutdown')
  if (report.exit.code !== 0) return rule.broken(expected, describeExit(report.exit))
  return rule.upheld()
}

const whileStreaming = defineCase({
  id: 'lifecycle/stop-while-streaming',
  title: 'calls Shutdown while stdio, broker and a live stream are open',
  judges: [rules['shutdown-call-ends'], rules['exits-on-shutdown']],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up()
    await using held = holdStreams(plugin, t, 1)
    await held.streams[0]?.next(t.budgets.firstPacket)
    judgeBusyStop(t, await plugin.stop())
  },
})

const whileQuerying = defineCase({
  id: 'lifecycle/stop-while-querying',
  title: 'calls Shutdown while a query runs that takes a minute',
  judges: [rules['shutdown-call-ends'], rules['exits-on-shutdown']],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up()
    const queries = [t.query({ model: { conformance: { delayMs: LONG_MS } } })]
    const query = plugin.data.queryData({ pluginContext: t.context(), queries }, { budgetMs: LONG_MS })
    // An answer to a later call shows that the query has arrived.
    await plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    const report = await plugin.stop()
    await query
    judgeBusyStop(t, report)
  },
})

function judgeBusyStop(t: FreshContext, report: StopReport): void {
  const { shutdown } = report
  const offered = !(shutdown?.kind === 'failed' && shutdown.code === UNIMPLEMENTED)
  judgeCall(t, report)
  if (shutdown === undefined)
    t.rule(rules['exits-on-shutdown']).unverified('a plugin that lives until Shutdown')
  else judgeExit(t.rule(rules['exits-on-shutdown']), report, offered)
}

/** Any end will do: OK, an error, or a connection that breaks because the process is gone (LIFE-162). */
function judgeCall(t: FreshContext, { shutdown }: StopReport): void {
  const rule = t.rule(rules['shutdown-call-ends'])
  const { grace } = t.budgets
  if (shutdown === undefined) return rule.unverified('a plugin that lives until Shutdown')
  if (shutdown.kind === 'failed' && shutdown.code === UNIMPLEMENTED)
    return rule.inapplicable('GRPCController/Shutdown')
  if (shutdown.kind !== 'timeout' && shutdown.ms <= grace) return rule.upheld()
  if (shutdown.kind === 'failed' && shutdown.code === UNAVAILABLE)
    t.note('Shutdown', describeResult(shutdown))
  return rule.broken(`an end of the call within ${grace} ms`, `still waiting after ${shutdown.ms} ms`)
}

/** Conversations about the orderly end. */
export const cases = [stop, whileStreaming, whileQuerying]
