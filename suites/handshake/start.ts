import type { Handshake } from '../../host/handshake/handshake.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { defineCase } from '../kernel/case.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { StartContext } from '../kernel/case-context.ts'
import { blameFault } from './blame-fault.ts'
import { rules } from './rules.ts'

/** Rules that every start upholds which comes up. */
const upheldWhenUp = [
  rules['serves-when-started'],
  rules['arrives-in-time'],
  rules['first-line-is-the-handshake'],
  rules['line-is-ended-and-flushed'],
  rules['line-fits-the-buffer'],
  rules['fields-have-no-blanks'],
  rules['core-version-is-1'],
  rules['app-version-is-2'],
  rules['network-is-tcp-or-unix'],
  rules['address-is-dialable'],
  rules['protocol-is-grpc'],
] as const

/** Rules that a start upholds which comes up without TLS. */
const upheldInPlaintext = [rules['no-certificate-unasked'], rules['answers-in-plaintext']] as const

/** What a run under AutoMTLS lacks. */
const PLAINTEXT = 'a start in plaintext: this run asks for AutoMTLS'

/** Above this a start is slow (LIFE-061). */
const SOON_MS = 5_000

/** The conversation that no plugin escapes: how the process came up that all others use. */
export const start = defineCase({
  id: 'handshake/start',
  title: 'starts the plugin as Grafana does and reads its first line',
  judges: [
    ...upheldWhenUp,
    ...upheldInPlaintext,
    rules['failure-is-explained'],
    rules['arrives-soon'],
    rules['versions-are-spelled-plainly'],
    rules['multiplexing-is-announced-when-asked'],
    rules['listens-before-announcing'],
  ],
  process: 'start',
  run(t) {
    if (t.outcome.kind === 'refused') return judgeFault(t, t.outcome.fault)
    const { handshake, startMs, refusedFirstConnection } = t.outcome.plugin
    for (const rule of upheldWhenUp) t.rule(rule).upheld()
    for (const rule of upheldInPlaintext)
      if (t.autoMtls) t.rule(rule).inapplicable(PLAINTEXT)
      else t.rule(rule).upheld()
    t.rule(rules['failure-is-explained']).inapplicable('a start that fails')
    if (refusedFirstConnection)
      t.rule(rules['listens-before-announcing']).broken(
        'a first connection that is accepted',
        'a first connection that is refused; a later one is accepted',
      )
    else t.rule(rules['listens-before-announcing']).upheld()
    // Patience is for the budget of Grafana itself; half of a shorter one is as slow.
    const soon = Math.min(SOON_MS, t.budgets.handshake / 2)
    if (startMs > soon) t.rule(rules['arrives-soon']).broken(`a handshake within ${soon} ms`, `${startMs} ms`)
    else t.rule(rules['arrives-soon']).upheld()
    if (handshake !== undefined) judgeSpelling(t, handshake)
    return undefined
  },
})

function judgeSpelling(t: StartContext, { fields }: Handshake): void {
  const [core = '', app = '', , , , , ...more] = fields
  if (core === '1' && app === '2') t.rule(rules['versions-are-spelled-plainly']).upheld()
  else t.rule(rules['versions-are-spelled-plainly']).broken('1|2|', `${core}|${app}|`)
  if (more.length === 0) t.rule(rules['multiplexing-is-announced-when-asked']).upheld()
  else
    t.rule(rules['multiplexing-is-announced-when-asked']).broken(
      'at most six fields, because PLUGIN_MULTIPLEX_GRPC is not set',
      `${fields.length} fields, the seventh is "${more[0] ?? ''}"`,
    )
}

/** A fault breaks the rule that it is about; of the others nothing can be said. */
function judgeFault(t: StartContext, fault: StartFault): never {
  // The same plugin comes up in plaintext, so that suites/tls knows what is wrong.
  if (fault.tls !== undefined) throw CaseEnded.fromFault(fault)
  tellFault(t, fault)
  t.rule(blameFault(fault)).broken(fault.expected, describeFault(fault))
  if (fault.class === 'exited' && fault.exit !== undefined) {
    if (fault.stderr.length > 0) t.rule(rules['failure-is-explained']).upheld()
    else
      t.rule(rules['failure-is-explained']).broken(
        'words on stderr that say why the plugin ends',
        'an exit without a word',
      )
  }
  throw CaseEnded.fromFault(fault)
}

function tellFault(t: StartContext, fault: StartFault): void {
  t.note('what', fault.what)
  t.note('fix', fault.fix)
  t.note('grafana logs', fault.grafanaLog)
  if (fault.laterHandshake !== undefined)
    t.note(
      `line ${fault.laterHandshake.number} of stdout`,
      `${fault.laterHandshake.line} (Grafana reads only the first)`,
    )
  for (const line of fault.stderr.slice(-5)) t.note('stderr', line)
}

function describeFault(fault: StartFault): string {
  const server = fault.blast === 'server' ? '; this ends the whole Grafana server' : ''
  return `${fault.found}${server}`
}
