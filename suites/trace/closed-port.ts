import { once } from 'node:events'
import { createServer } from 'node:net'

/** `127.0.0.1:<port>` where nobody listens: a port that was free a moment ago. */
export async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return `127.0.0.1:${address.port}`
}
