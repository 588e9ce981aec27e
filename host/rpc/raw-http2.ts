import { connect as connectHttp2, constants } from 'node:http2'
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2'
import { connect } from 'node:net'

import type { Address } from '../handshake/handshake.ts'
import { within } from '../deadline.ts'
import { reachable } from './channel.ts'

/** How a call over a bare connection ended. */
export type RawHttp2Answer =
  | { readonly kind: 'ended'; readonly headers: Readonly<Record<string, string>>; readonly ms: number }
  | { readonly kind: 'reset'; readonly reason: string; readonly ms: number }
  | { readonly kind: 'open'; readonly ms: number }

/**
 * A cleartext HTTP/2 connection with prior knowledge and no gRPC library on top.
 *
 * A gRPC client ends a call at its own deadline and hides pings and settings; this one lets them be seen (LIFE-070, DATA-403).
 */
export class RawHttp2 implements AsyncDisposable {
  readonly #session: ClientHttp2Session
  readonly #settings: Promise<string | undefined>

  constructor(address: Address) {
    this.#session = connectHttp2('http://unused', {
      createConnection: () =>
        address.kind === 'unix'
          ? connect(address.path)
          : connect({ host: reachable(address.host), port: address.port }),
    })
    this.#settings = new Promise((resolve) => {
      this.#session.once('remoteSettings', () => resolve(undefined))
      this.#session.once('close', () => resolve('the connection was closed'))
      // 'close' follows; without a listener Node would end the process.
      this.#session.on('error', (error) => resolve(error.message))
    })
  }

  /** Undefined once the server has sent its SETTINGS, otherwise what happened instead. */
  async settings(ms: number): Promise<string | undefined> {
    const arrived = await within(this.#settings, ms)
    return arrived.kind === 'late' ? `no SETTINGS within ${ms} ms` : arrived.value
  }

  /** Undefined once a PING has been answered, otherwise what happened instead. */
  async ping(ms: number): Promise<string | undefined> {
    if (this.#session.destroyed) return 'the connection was closed'
    const answer = new Promise<string | undefined>((resolve) => {
      this.#session.ping((error) => resolve(error === null ? undefined : error.message))
    })
    const arrived = await within(answer, ms)
    return arrived.kind === 'late' ? `no answer to a PING within ${ms} ms` : arrived.value
  }

  /** Sends one gRPC message and waits for the end of the call, or for `ms`; the authority is Grafana's `unused` (LIFE-071). */
  async call(
    path: string,
    message: Uint8Array,
    options: { readonly ms: number; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<RawHttp2Answer> {
    const began = performance.now()
    const elapsed = (): number => Math.round(performance.now() - began)
    if (this.#session.destroyed) return { kind: 'reset', reason: 'the connection was closed', ms: 0 }
    const stream = this.#session.request({
      ':method': 'POST',
      ':scheme': 'http',
      ':authority': 'unused',
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session.destroy()
  }
}
