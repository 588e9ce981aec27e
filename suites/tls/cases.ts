import type { Plugin } from '../../host/launch/plugin.ts'
import { dial } from '../../host/rpc/dial.ts'
import { createCertifiedKey } from '../../host/tls/certified-key.ts'
import type { CertifiedKey } from '../../host/tls/certified-key.ts'
import { inspectTls } from '../../host/tls/inspect-tls.ts'
import type { TlsTrust } from '../../host/tls/secure-socket.ts'
import { defineCase } from '../kernel/case.ts'
import type { Case } from '../kernel/case.ts'
import type { CaseContext, FreshContext } from '../kernel/case-context.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { Rule } from '../kernel/rule.ts'
import { judgeFault, notOffered } from './judge-fault.ts'
import { rules } from './rules.ts'

/** Rules that every start upholds which comes up under AutoMTLS: the host goes on for no other. */
const upheldWhenUp = [
  rules['starts-when-asked'],
  rules['certificate-is-announced'],
  rules['certificate-is-unpadded-base64'],
  rules['presents-what-it-announces'],
  rules['certificate-names-localhost'],
  rules['certificate-allows-serving'],
  rules['certificate-is-valid-now'],
  rules['negotiates-http2'],
] as const

const autoMtls = defineCase({
  id: 'tls/automtls',
  title:
    'starts the plugin twice with PLUGIN_CLIENT_CERT and connects with the right, no and a wrong certificate',
  judges: [
    ...upheldWhenUp,
    rules['lets-the-host-in'],
    rules['demands-a-client-certificate'],
    rules['trusts-the-host-alone'],
    rules['makes-a-pair-for-each-start'],
  ],
  process: 'fresh',
  async run(t) {
    const { plugin, tls } = await startSecured(t)
    for (const rule of upheldWhenUp) t.rule(rule).upheld()
    const answer = await plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    if (answer.kind === 'died' || answer.kind === 'timeout') t.answered(answer)
    t.rule(rules['lets-the-host-in']).upheld()
    await judgeStranger(t, plugin, rules['demands-a-client-certificate'], undefined)
    await judgeStranger(t, plugin, rules['trusts-the-host-alone'], createCertifiedKey())
    const again = await startSecured(t)
    const pair = t.rule(rules['makes-a-pair-for-each-start'])
    if (keyOf(again.tls) === keyOf(tls)) pair.broken('another key at each start', 'the same key twice')
    else pair.upheld()
  },
})

/** A start under AutoMTLS that has to succeed for the case to go on. */
async function startSecured(t: FreshContext): Promise<{ readonly plugin: Plugin; readonly tls: TlsTrust }> {
  // Under AutoMTLS a plugin may log what it never logs in Grafana.
  const outcome = await t.start({ autoMtls: 'offer', oddOnPurpose: true })
  if (outcome.kind === 'up') {
    const { plugin } = outcome
    if (plugin.tls === undefined) throw new CaseEnded(notOffered)
    return { plugin, tls: plugin.tls }
  }
  const { fault } = outcome
  // Only a plugin that starts otherwise has a quarrel with the variable.
  await t.up()
  if (fault.tls === undefined) throw CaseEnded.fromFault(fault)
  return judgeFault(t, fault, fault.tls)
}

/** Whoever is not the host must not get a word of HTTP/2. */
async function judgeStranger(
  t: CaseContext,
  plugin: Plugin,
  rule: Rule,
  certificate: CertifiedKey | undefined,
): Promise<void> {
  const { end } = await inspectTls(dial(plugin.address), certificate, t.budgets.settings)
  const shown = certificate === undefined ? 'no certificate' : 'a certificate of its own'
  if (end.kind === 'refused' || end.kind === 'broken') t.rule(rule).upheld()
  else if (end.kind === 'spoke')
    t.rule(rule).broken('a connection that is refused', `HTTP/2 with a client that presents ${shown}`)
  else t.rule(rule).unverified(`an end of a connection with ${shown}`)
}

/** The public key as text. */
function keyOf({ announced }: TlsTrust): string {
  return announced.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
}

const start = defineCase({
  id: 'tls/start',
  title: 'starts the plugin as a host with AutoMTLS does, where the whole run does so',
  judges: [...upheldWhenUp, rules['lets-the-host-in']],
  process: 'start',
  run(t) {
    if (!t.autoMtls) throw new CaseEnded({ kind: 'inapplicable', undeclared: 'a run with --automtls' })
    if (t.outcome.kind === 'up')
      for (const rule of [...upheldWhenUp, rules['lets-the-host-in']]) t.rule(rule).upheld()
    else {
      const { fault } = t.outcome
      if (fault.tls === undefined) throw CaseEnded.fromFault(fault)
      judgeFault(t, fault, fault.tls)
    }
  },
})

/** AutoMTLS: conversations. */
export const cases: readonly Case[] = [autoMtls, start]
