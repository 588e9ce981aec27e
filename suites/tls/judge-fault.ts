import type { StartFault } from '../../host/launch/start-fault.ts'
import { tlsSteps } from '../../host/launch/tls-fault.ts'
import type { TlsFault, TlsProblem } from '../../host/launch/tls-fault.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { Rule } from '../kernel/rule.ts'
import { describeStart } from '../handshake/describe-start.ts'
import { rules } from './rules.ts'

/** What a plugin lacks that has nothing to do with AutoMTLS, as most. */
export const notOffered: CaseEnded['verdict'] = {
  kind: 'inapplicable',
  undeclared: 'a certificate in field 6 of the handshake when PLUGIN_CLIENT_CERT is set',
}

/** A start under AutoMTLS that failed breaks the one rule that it is about; of the others nothing can be said. */
export function judgeFault(t: CaseContext, fault: StartFault, tls: TlsFault): never {
  if (tls.problem === 'not-offered') throw new CaseEnded(notOffered)
  t.note('step', tlsSteps[tls.problem])
  t.note('certificate of the host', tls.host)
  if (tls.plugin !== undefined) t.note('certificate of the plugin', tls.plugin)
  t.note('in plaintext', tls.plaintext ?? 'the plugin starts without PLUGIN_CLIENT_CERT')
  t.note('fix', fault.fix)
  for (const line of fault.stderr.slice(-5)) t.note('stderr', line)
  t.rule(blamed(fault, tls.problem)).broken(fault.expected, actual(fault, tls))
  throw CaseEnded.fromFault(fault)
}

/** What was found, with the certificate that it is about. */
function actual(fault: StartFault, { problem, host, plugin }: TlsFault): string {
  if (problem === 'startup') return describeStart({ kind: 'refused', fault })
  if (problem === 'client-refused') return `${fault.found} for a client with ${host}`
  return plugin === undefined ? fault.found : `${fault.found} (${plugin})`
}

function blamed(fault: StartFault, problem: Exclude<TlsProblem, 'not-offered'>): Rule {
  // A plaintext host gets no word of HTTP/2 out of a server that speaks TLS, and no certificate was announced.
  if (problem === 'startup' && fault.class === 'silent') return rules['certificate-is-announced']
  return byProblem[problem]
}

const byProblem = {
  startup: rules['starts-when-asked'],
  unreadable: rules['certificate-is-unpadded-base64'],
  'no-tls': rules['presents-what-it-announces'],
  'another-certificate': rules['presents-what-it-announces'],
  name: rules['certificate-names-localhost'],
  purpose: rules['certificate-allows-serving'],
  validity: rules['certificate-is-valid-now'],
  protocol: rules['negotiates-http2'],
  'client-refused': rules['lets-the-host-in'],
} as const
