import type { HandshakeRefusal } from '../handshake/handshake-refusal.ts'
import { anyVoice, callLogLine, startLogLine } from '../logs/start-log-line.ts'
import type { LogVoice } from '../logs/start-log-line.ts'
import type { SpokenProtocol } from './spoken-protocol.ts'

/** Whose log it is, and what it says of the file. */
export interface KnownVoice {
  readonly voice?: LogVoice
  readonly notes?: string
}

/** The log line about a stdout that go-plugin can't read, with its hint and its notes (LIFE-066). */
export function unreadableLog(error: string, known: KnownVoice): string {
  const { notes } = known
  return startLogLine(notes === undefined ? error : `${error}\n${notes}`, known.voice ?? anyVoice)
}

/** The log line about a refused handshake; some refusals end the server, and some show only at the first call (LIFE-065). */
export function refusalLog(refusal: HandshakeRefusal, known: KnownVoice): string {
  if (refusal.blast === 'server') return refusal.error
  if (refusal.class === 'unreachable') return callLogLine(refusal.error, known.voice ?? anyVoice)
  if (refusal.class === 'garbage') return unreadableLog(refusal.error, known)
  return startLogLine(refusal.error, known.voice ?? anyVoice)
}

/** The log line about an address that can't be dialled. */
export function dialLog(dial: string, code: string, known: KnownVoice): string {
  return callLogLine(
    `connection error: desc = "transport: error while dialing: ${dial}: connect: ${goReason(code)}"`,
    known.voice ?? anyVoice,
  )
}

/** The log line about a listener that does not begin with HTTP/2's SETTINGS (LIFE-072). */
export function prefaceLog(spoken: SpokenProtocol | undefined, known: KnownVoice): string {
  return callLogLine(
    `connection error: desc = "error reading server preface: ${prefaceError(spoken)}"`,
    known.voice ?? anyVoice,
  )
}

/** Go's words for the errors of a dial. */
function goReason(code: string): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    ETIMEDOUT: 'i/o timeout',
    EHOSTUNREACH: 'no route to host',
    ENETUNREACH: 'network is unreachable',
    EADDRNOTAVAIL: 'cannot assign requested address',
  }
  return words[code] ?? 'connection refused'
}

/** How grpc-go ends its sentence about a server that does not begin with SETTINGS (ran: grpc-go 1.84.0). */
function prefaceError(spoken: SpokenProtocol | undefined): string {
  if (spoken?.kind === 'http1')
    return 'http2: failed reading the frame payload: http2: frame too large, note that the frame header looked like an HTTP/1.1 header'
  if (spoken?.kind === 'other') return 'http2: frame too large'
  if (spoken?.kind === 'closes') return 'connection reset by peer'
  return spoken?.kind === 'tls' ? '…' : 'read …: use of closed network connection'
}
