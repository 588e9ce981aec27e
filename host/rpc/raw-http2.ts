import { connect as connectHttp2, constants } from 'node:http2'
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2'
import type { Socket } from 'node:net'

import type { Address } from '../handshake/handshake.ts'
import { within } from '../deadline.ts'
import { SERVER_NAME, secureSocket } from '../tls/secure-socket.ts'
import type { TlsTrust } from '../tls/secure-socket.ts'
import { dial } from './dial.ts'

/** What there is to say of a connection that is no more. */
const CLOSED = 'the connection was closed'

/** How a call over a bare connection ended. */
export type RawHttp2Answer =
  | { readonly kind: 'ended'; readonly headers: Readonly<Record<string, string>>; readonly ms: number }
  | { readonly kind: 'reset'; readonly reason: string; readonly ms: number }
  | { readonly kind: 'open'; readonly ms: number }

/**
 * A cleartext HTTP/2 connection with prior knowledge and no gRPC library on top; with `tls`, a secured one.
 *
 * A gRPC client ends a call at its own deadline and hides pings and settings; this one lets them be seen (LIFE-070, DATA-403).
 */
export class RawHttp2 implements AsyncDisposable {
  readonly #socket: Socket
  readonly #place: { readonly scheme: 'http' | 'https'; readonly authority: string }
  /** The session, or why there will be none. */
  readonly #opened: Promise<ClientHttp2Session | string>
  readonly #settings: Promise<string | undefined>
  /** Resolves when the server takes no more calls: it said goodbye without an error (GOAWAY), or the connection broke off. */
  readonly closed: Promise<'goodbye' | 'broken'>
  #begun: ClientHttp2Session | undefined

  /** `tls` has to be said: under AutoMTLS a forgotten one looks like a plugin that hangs up. */
  constructor(address: Address, tls: TlsTrust | undefined) {
    this.#socket = dial(address)
    this.#place =
      tls === undefined
        ? { scheme: 'http', authority: 'unused' }
        : { scheme: 'https', authority: SERVER_NAME }
    let settle: (failure: string | undefined) => void = () => {}
    let close: (how: 'goodbye' | 'broken') => void = () => {}
    this.closed = new Promise((resolve) => {
      close = resolve
    })
    this.#settings = new Promise((resolve) => {
      settle = resolve
    })
    const begin = (socket: Socket): ClientHttp2Session => {
      const session = connectHttp2(`${this.#place.scheme}://${this.#place.authority}`, {
        createConnection: () => socket,
      })
      session.once('remoteSettings', () => settle(undefined))
      session.once('goaway', (code) => close(code === constants.NGHTTP2_NO_ERROR ? 'goodbye' : 'broken'))
      session.once('close', () => close('broken'))
      session.once('close', () => settle(CLOSED))
      // 'close' follows; without a listener Node would end the process.
      session.on('error', (error) => settle(error.message))
      this.#begun = session
      return session
    }
    this.#opened =
      tls === undefined
        ? Promise.resolve(begin(this.#socket))
        : secureSocket(this.#socket, tls).then(begin, (error: Error) => {
            settle(error.message)
            close('broken')
            return error.message
          })
  }

  /** Undefined once the server has sent its SETTINGS, otherwise what happened instead. */
  async settings(ms: number): Promise<string | undefined> {
    const arrived = await within(this.#settings, ms)
    return arrived.kind === 'late' ? `no SETTINGS within ${ms} ms` : arrived.value
  }

  /** Undefined once a PING has been answered, otherwise what happened instead. */
  async ping(ms: number): Promise<string | undefined> {
    const session = await this.#session(ms)
    if (typeof session === 'string') return session
    const answer = new Promise<string | undefined>((resolve) => {
      session.ping((error) => resolve(error === null ? undefined : error.message))
    })
    const arrived = await within(answer, ms)
    return arrived.kind === 'late' ? `no answer to a PING within ${ms} ms` : arrived.value
  }

  /** Sends one gRPC message and waits for the end of the call, or for `ms`; the authority is Grafana's `unused`, in TLS `localhost` (LIFE-071). */
  async call(
    path: string,
    message: Uint8Array,
    options: { readonly ms: number; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<RawHttp2Answer> {
    const began = performance.now()
    const elapsed = (): number => Math.round(performance.now() - began)
    const session = await this.#session(options.ms)
    if (typeof session === 'string') return { kind: 'reset', reason: session, ms: elapsed() }
    const stream = session.request({
      ':method': 'POST',
      ':scheme': this.#place.scheme,
      ':authority': this.#place.authority,
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...options.headers,
    })
    const headers: Record<string, string> = {}
    const collect = (received: IncomingHttpHeaders): void => {
      for (const [name, value] of Object.entries(received)) headers[name] = String(value)
    }
    const ended = new Promise<RawHttp2Answer>((resolve) => {
      stream.on('response', collect)
      stream.on('trailers', collect)
      stream.once('error', (error) => resolve({ kind: 'reset', reason: error.message, ms: elapsed() }))
      stream.once('close', () =>
        resolve(
          stream.rstCode === constants.NGHTTP2_NO_ERROR
            ? { kind: 'ended', headers, ms: elapsed() }
            : { kind: 'reset', reason: `reset with code ${stream.rstCode}`, ms: elapsed() },
        ),
      )
    })
    stream.resume()
    const prefix = Buffer.alloc(5)
    prefix.writeUInt32BE(message.length, 1)
    stream.end(Buffer.concat([prefix, message]))
    const answer = await within(ended, options.ms)
    if (answer.kind === 'settled') return answer.value
    stream.close(constants.NGHTTP2_CANCEL)
    return { kind: 'open', ms: elapsed() }
  }

  async #session(ms: number): Promise<ClientHttp2Session | string> {
    const opened = await within(this.#opened, ms)
    if (opened.kind === 'late') return `no TLS handshake within ${ms} ms`
    const session = opened.value
    return typeof session !== 'string' && session.destroyed ? CLOSED : session
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#begun === undefined) this.#socket.destroy()
    // A TLS handshake that has just ended begins a session.
    const session = await this.#opened
    if (typeof session !== 'string') session.destroy()
  }
}
