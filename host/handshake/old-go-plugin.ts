import type { HandshakeRefusal } from './handshake-refusal.ts'

/** What go-plugin 1.6.0 makes of a line that newer ones refuse (recordings h-handshake-* of Grafana 10.4.3). */
export function asOldGoPlugin(refusal: HandshakeRefusal): HandshakeRefusal {
  switch (refusal.class) {
    case 'core-version':
      return { ...refusal, error: `${capitalized(refusal.error)}.` }
    case 'core-parse':
    case 'app-version':
    case 'protocol':
      return { ...refusal, error: capitalized(refusal.error) }
    case 'network':
      return {
        ...refusal,
        error: 'panic: runtime error: invalid memory address or nil pointer dereference',
        blast: 'server',
      }
    case 'address':
      return {
        ...refusal,
        class: 'unreachable',
        error:
          'connection error: desc = "transport: error while dialing: dial tcp: address <nil>: missing port in address"',
      }
    default:
      return refusal
  }
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
