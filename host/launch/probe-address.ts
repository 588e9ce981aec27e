import type { Address } from '../handshake/handshake.ts'
import { dial } from '../rpc/dial.ts'

/** What the announced address did at a first, plain connection. */
export type AddressProbe = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly code: string }

/** Connects once and hangs up: does anybody listen there (LIFE-046, LIFE-051)? */
export function probeAddress(address: Address, ms: number): Promise<AddressProbe> {
  return new Promise((resolve) => {
    const socket = dial(address)
    socket.setTimeout(ms, () => finish({ kind: 'refused', code: 'ETIMEDOUT' }))
    socket.once('connect', () => finish({ kind: 'accepted' }))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      finish({ kind: 'refused', code: error.code ?? error.message }),
    )
    function finish(probe: AddressProbe): void {
      socket.destroy()
      resolve(probe)
    }
  })
}
