import { connect, constants, createServer } from 'node:http2'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { behindServer } from './front.ts'

/** Changes to what passes through. */
export interface Http2Changes {
  readonly request?: (headers: IncomingHttpHeaders) => OutgoingHttpHeaders
  /** Headers of an answer without a body, or the trailers of one with a body. */
  readonly ending?: (headers: IncomingHttpHeaders, path: string) => OutgoingHttpHeaders
}

/** The plugin behind an HTTP/2 proxy that changes headers: for misdeeds that a gRPC library does not commit. */
export function behindHttp2(base: Behaviour, changes: Http2Changes): Behaviour {
  const { request = (headers) => headers, ending = (headers) => headers } = changes
  return behindServer(base, ({ host, port }) => {
    const server = createServer()
    server.on('session', (session) => {
      const inner = connect(`http://${host}:${port}`)
      inner.on('error', () => session.destroy())
      inner.once('close', () => session.destroy())
      session.on('error', () => {})
      session.once('close', () => inner.destroy())
      session.on('stream', (stream, headers) => {
        const path = String(headers[':path'])
        const call = inner.request(request(headers))
        let trailers: OutgoingHttpHeaders = {}
        stream.on('error', () => {})
        call.on('error', () => stream.close(constants.NGHTTP2_CANCEL))
        stream.once('close', () => call.close(constants.NGHTTP2_CANCEL))
        call.on('response', (answer, flags) => {
          if (stream.destroyed) return
          const whole = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0
          stream.respond(whole ? ending(answer, path) : answer, { endStream: whole, waitForTrailers: !whole })
          if (!whole) call.pipe(stream)
        })
        call.on('trailers', (received) => {
          trailers = ending(received, path)
        })
        stream.on('wantTrailers', () => stream.sendTrailers(trailers))
        stream.pipe(call)
      })
    })
    return server
  })
}
