import { describe, expect, it } from 'vitest'

import { readTcpAddress } from './tcp-address.ts'

describe('the address of a TCP listener', () => {
  it.each([
    ['127.0.0.1:5', '127.0.0.1', 5],
    [':5', '', 5],
    ['[::1]:65535', '::1', 65_535],
    ['[fe80::1%eth0]:5', 'fe80::1%eth0', 5],
    ['localhost:+5', 'localhost', 5],
    ['localhost:http', 'localhost', 80],
    ['localhost:HTTPS', 'localhost', 443],
  ])('may be written %j', (text, host, port) => {
    expect(readTcpAddress(text)).toEqual({ kind: 'found', host, port })
  })

  it.each([
    ['43117', 'address 43117: missing port in address'],
    ['[::1]', 'address [::1]: missing port in address'],
    ['[::1]x:5', 'address [::1]x:5: missing port in address'],
    ['::1:5', 'address ::1:5: too many colons in address'],
    ['[::1]::5', 'address [::1]::5: too many colons in address'],
    ['[::1:5', "address [::1:5: missing ']' in address"],
    ['a[b:5', "address a[b:5: unexpected '[' in address"],
    ['a]b:5', "address a]b:5: unexpected ']' in address"],
    ['127.0.0.1:65536', 'address 65536: invalid port'],
    ['127.0.0.1:-1', 'address -1: invalid port'],
    ['127.0.0.1:5a', 'lookup tcp/5a: unknown port'],
    ['127.0.0.1:toString', 'lookup tcp/toString: unknown port'],
  ])('is refused as %j', (text, error) => {
    expect(readTcpAddress(text)).toEqual({ kind: 'refused', error })
  })

  it.each(['', '127.0.0.1:0', '127.0.0.1:', ':'])('leads nowhere as %j', (text) => {
    expect(readTcpAddress(text)).toMatchObject({ kind: 'nowhere' })
  })
})
