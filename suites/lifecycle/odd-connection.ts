import { connect } from 'node:net'
import type { Socket } from 'node:net'

import type { Address } from '../../host/handshake/handshake.ts'
import { reachable, socketPath } from '../../host/rpc/dial.ts'

/** How an HTTP/2 client begins (RFC 9113, 3.4). */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
/** SETTINGS without entries. */
const SETTINGS = [0, 0, 0, 4, 0, 0, 0, 0, 0] as const

/** Something that a connection does and no gRPC client would (LIFE-089). */
export interface Oddity {
  /** For messages: "a connection that …". */
  readonly what: string
  act(socket: Socket): void
}

/** From the mildest to the rudest; all of them happen to a port on which others may knock. */
export const oddities: readonly Oddity[] = [
  { what: 'says nothing', act: () => {} },
  { what: 'closes its writing side at once', act: (socket) => void socket.end() },
  { what: 'speaks HTTP/1.1', act: (socket) => void socket.write('GET / HTTP/1.1\r\nHost: unused\r\n\r\n') },
  {
    what: 'begins a TLS handshake',
    act: (socket) => void socket.write(Buffer.from([0x16, 3, 1, 0, 0x2f, 1, 0, 0, 0x2b, 3, 3, 0xff])),
  },
  { what: 'sends garbage', act: (socket) => void socket.write(Buffer.alloc(70_000, 0xa5)) },
  {
    what: 'breaks off in the middle of an HTTP/2 frame',
    act(socket) {
      socket.write(PREFACE)
      socket.write(Buffer.from(SETTINGS))
      // HEADERS of 255 bytes, of which three come.
      socket.end(Buffer.from([0, 0, 0xff, 1, 4, 0, 0, 0, 1, 0x82, 0x84, 0x86]))
    },
  },
  {
    what: 'sends an HTTP/2 frame larger than allowed',
    act(socket) {
      socket.write(PREFACE)
      socket.write(Buffer.from([...SETTINGS, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]))
    },
  },
  {
    what: 'resets in the middle of its preface',
    act(socket) {
      socket.write(PREFACE.slice(0, 10))
      // Only TCP knows resets.
      if (socket.remoteFamily === undefined) socket.destroy()
      else socket.resetAndDestroy()
    },
  },
]

/** Opens a connection, lets it act and keeps it open; resolves once the connection is there. */
export function openOddly(address: Address, oddity: Oddity): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket =
      address.kind === 'unix'
        ? connect({ path: socketPath(address.path), allowHalfOpen: true })
        : connect({ host: reachable(address.host), port: address.port, allowHalfOpen: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      // Whatever the plugin does with it is its right.
      socket.on('error', () => {})
      socket.resume()
      oddity.act(socket)
      resolve(socket)
    })
  })
}
