import { createServer } from 'node:net'
import type { Server } from 'node:net'

import { describe, expect, it } from 'vitest'

import { isLoopback, listeningAddresses, readSocketTable } from './listening-addresses.ts'

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'

describe('the tables of the kernel', () => {
  it('tell who listens at a port, and not who is connected to it', () => {
    const table = `${header}   0: 0100007F:A87D 00000000:0000 0A 00000000:00000000 00:00000000
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000
   2: 0100007F:A87D 0100007F:C350 01 00000000:00000000 00:00000000\n`
    expect(listenersIn(table, 0xa87d)).toEqual(['127.0.0.1'])
    expect(listenersIn(table, 8_080)).toEqual(['0.0.0.0'])
    expect(listenersIn(table, 1)).toEqual([])
  })

  it('tell of IPv6 in words of 32 bits', () => {
    expect(listenersIn(header + row('0'.repeat(32)), 80)).toEqual(['::'])
    expect(listenersIn(header + row(`${'0'.repeat(24)}01000000`), 80)).toEqual(['::1'])
    expect(listenersIn(header + row('0000000000000000FFFF00000100007F'), 80)).toEqual(['::ffff:127.0.0.1'])
    expect(listenersIn(header + row('B80D01200000000000000000010000FF'), 80)).toEqual([
      '2001:db8:0:0:0:0:ff00:1',
    ])
  })

  it.runIf(process.platform === 'linux').each(['127.0.0.1', '0.0.0.0'])(
    'tell of a real listener on %s',
    async (host) => {
      const server = createServer()
      const port = await listen(server, host)
      try {
        expect(await listeningAddresses(port)).toEqual([host])
      } finally {
        server.close()
      }
    },
  )
})

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
    'is %s',
    (host) => {
      expect(isLoopback(host)).toBe(true)
    },
  )

  it.each(['0.0.0.0', '::', '', '10.0.0.1', '::ffff:10.0.0.1', '127.example.org', 'fe80::1'])(
    'is not %j',
    (host) => {
      expect(isLoopback(host)).toBe(false)
    },
  )
})

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function listenersIn(table: string, port: number): readonly string[] {
  return readSocketTable(table)
    .filter((listener) => listener.port === port)
    .map(({ host }) => host)
}

/** One listener at port 80 of IPv6. */
function row(address: string): string {
  return `   0: ${address}:0050 ${'0'.repeat(32)}:0000 0A 0\n`
}
