import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createCertifiedKey } from '../tls/certified-key.ts'
import { grafanaOffer, parseHandshake } from './parse-handshake.ts'

const good = '1|2|tcp|127.0.0.1:43117|grpc'

/** A DER sequence of 604 bytes in unpadded base64, which is all that tells a certificate from junk here. */
const certificate = Buffer.from([0x30, 0x82, 0x02, 0x58, ...new Uint8Array(600)])
  .toString('base64')
  .replace(/=+$/, '')

const tcp = (host: string, port: number) => ({ kind: 'tcp', host, port })

describe('a handshake line that go-plugin accepts', () => {
  it.each([
    [good, tcp('127.0.0.1', 43_117)],
    [`${good}\r`, tcp('127.0.0.1', 43_117)],
    [` \t${good}  `, tcp('127.0.0.1', 43_117)],
    [`${good}|`, tcp('127.0.0.1', 43_117)],
    [`${good}||true`, tcp('127.0.0.1', 43_117)],
    [`${good}||false|and|more|fields`, tcp('127.0.0.1', 43_117)],
    [`${good}|${'x'.repeat(50)}`, tcp('127.0.0.1', 43_117)],
    ['+1|02|tcp|127.0.0.1:43117|grpc', tcp('127.0.0.1', 43_117)],
    ['1|2|tcp|:43117|grpc', tcp('', 43_117)],
    ['1|2|tcp|0.0.0.0:43117|grpc', tcp('0.0.0.0', 43_117)],
    ['1|2|tcp|localhost:43117|grpc', tcp('localhost', 43_117)],
    ['1|2|tcp|[::1]:43117|grpc', tcp('::1', 43_117)],
    ['1|2|tcp|[localhost]:43117|grpc', tcp('localhost', 43_117)],
    ['1|2|unix|/tmp/plugin3724513984|grpc|', { kind: 'unix', path: '/tmp/plugin3724513984' }],
    ['1|2|unix|/tmp/plügin 1|grpc', { kind: 'unix', path: '/tmp/plügin 1' }],
    // A path like any other, at which nobody listens (lifecycle.md 17.3).
    ['1|2|unix|unix:///tmp/p.sock|grpc', { kind: 'unix', path: 'unix:///tmp/p.sock' }],
  ])('is %j', (line, address) => {
    expect(parseHandshake(line)).toMatchObject({
      kind: 'accepted',
      handshake: { coreVersion: 1, appVersion: 2, address, certificate: undefined },
    })
  })

  it('may announce any version that was offered', () => {
    const offer = { versions: [1, 2, 3], tls: false }
    expect(parseHandshake('1|3|tcp|127.0.0.1:5|grpc', offer)).toMatchObject({ handshake: { appVersion: 3 } })
  })

  it('may carry a certificate when one was asked for', () => {
    const offer = { ...grafanaOffer, tls: true }
    const real = Buffer.from(createCertifiedKey().certificate).toString('base64').replace(/=+$/, '')
    expect(parseHandshake(`${good}|${real}`, offer)).toMatchObject({
      handshake: { certificate: Buffer.from(real, 'base64') },
    })
  })
})

describe('a handshake line that go-plugin refuses', () => {
  it.each([
    // LIFE-065, row by row.
    ['', 'garbage', undefined, 'Unrecognized remote plugin message: '],
    [
      'Listening on 127.0.0.1:43117',
      'garbage',
      undefined,
      'Unrecognized remote plugin message: Listening on',
    ],
    ['1|2|tcp', 'garbage', undefined, 'Unrecognized remote plugin message: 1|2|tcp'],
    [
      'x|2|tcp|127.0.0.1:5|grpc',
      'core-parse',
      1,
      'error parsing core protocol version: strconv.Atoi: parsing "x"',
    ],
    [
      '2|2|tcp|127.0.0.1:5|grpc',
      'core-version',
      1,
      'incompatible core API version with plugin. Plugin version: 2',
    ],
    ['1|two|tcp|127.0.0.1:5|grpc', 'app-parse', 2, 'Error parsing protocol version "two": '],
    [
      '1|1|tcp|127.0.0.1:5|grpc',
      'app-version',
      2,
      'incompatible API version with plugin. Plugin version: 1, Client versions: [2]',
    ],
    ['1|2|TCP|127.0.0.1:5|grpc', 'network', 3, 'unknown address type: 127.0.0.1:5'],
    ['1|2|tcp4|127.0.0.1:5|grpc', 'network', 3, 'unknown address type: '],
    ['1|2|tcp|43117|grpc', 'address', 4, 'address 43117: missing port in address'],
    [
      '1|2|tcp|http://127.0.0.1:5|grpc',
      'address',
      4,
      'address http://127.0.0.1:5: too many colons in address',
    ],
    ['1|2|tcp|127.0.0.1:5', 'protocol', 5, 'unsupported plugin protocol "netrpc". Supported: [grpc]'],
    ['1|2|tcp|127.0.0.1:5|GRPC', 'protocol', 5, 'unsupported plugin protocol "GRPC"'],
    [
      `${good}|${'!'.repeat(60)}`,
      'cert',
      6,
      'error parsing server cert: illegal base64 data at input byte 0',
    ],
    [`${good}|${'A'.repeat(60)}`, 'cert', 6, 'error parsing server cert: x509: malformed certificate'],
    [`${good}|${certificate}=`, 'cert', 6, 'error parsing server cert: illegal base64 data at input byte'],
    // Section 17.3.
    [`\u{feff}${good}`, 'core-parse', 1, 'error parsing core protocol version: '],
    [
      '1 | 2 | tcp | 127.0.0.1:5 | grpc',
      'core-parse',
      1,
      'error parsing core protocol version: strconv.Atoi: parsing "1 "',
    ],
    // LIFE-046: resolved, and yet nobody can be reached.
    ['1|2|tcp|127.0.0.1:0|grpc', 'unreachable', 4, 'connection error'],
    ['1|2|tcp||grpc', 'unreachable', 4, 'connection error'],
    ['1|2|unix||grpc', 'unreachable', 4, 'connection error'],
    // The first failure wins.
    ['2|1|TCP|x', 'core-version', 1, 'incompatible core'],
    ['1|1|TCP|x', 'app-version', 2, 'incompatible API'],
    ['1|2|TCP|x', 'network', 3, 'unknown address type: x'],
    ['1|2|tcp|x', 'address', 4, 'address x: missing port'],
  ])('is %j', (line, kind, field, error) => {
    const result = parseHandshake(line)
    expect(result).toMatchObject({ kind: 'refused', class: kind, blast: 'plugin' })
    expect(result.kind === 'refused' && [result.field, result.error.startsWith(error), result.error]).toEqual(
      [field, true, expect.any(String)],
    )
  })

  it('ends the whole server when it carries a certificate that nobody asked for', () => {
    expect(parseHandshake(`${good}|${certificate}`)).toMatchObject({
      class: 'unasked-cert',
      blast: 'server',
      field: 6,
    })
  })

  it('ends the whole server of Grafana 10.4 when its network is unknown', () => {
    expect(parseHandshake('1|2|TCP|127.0.0.1:5|grpc', grafanaOffer, '1.6.0')).toMatchObject({
      class: 'network',
      blast: 'server',
      error: expect.stringMatching(/^panic: /) as string,
    })
  })

  it.each([
    ['1|2|tcp|127.0.0.1:5|GRPC', 'Unsupported plugin protocol'],
    ['2|2|tcp|127.0.0.1:5|grpc', 'Incompatible core API version'],
    ['1|1|tcp|127.0.0.1:5|grpc', 'Incompatible API version'],
    ['x|2|tcp|127.0.0.1:5|grpc', 'Error parsing core protocol version'],
  ])('is told of in upper case by go-plugin 1.6: %j', (line, error) => {
    expect(parseHandshake(line, grafanaOffer, '1.6.0')).toMatchObject({
      error: expect.stringContaining(error) as string,
    })
  })

  it('is told of with what was expected, what was found and what to do', () => {
    expect(parseHandshake('1|1|tcp|127.0.0.1:5|grpc')).toMatchObject({
      expected: 'the number 2',
      found: '1',
      fix: expect.stringContaining('Print 2 as the second field') as string,
    })
  })
})

describe('any text', () => {
  const field = fc.oneof(
    fc.constantFrom(
      '1',
      '2',
      'tcp',
      'unix',
      'grpc',
      '',
      '127.0.0.1:5',
      '[::1]:5',
      ':0',
      '/tmp/p',
      certificate,
    ),
    fc.string({ unit: 'binary', maxLength: 80 }),
  )
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(field, { maxLength: 10 }).map((fields) => fields.join('|')),
  )

  it('is accepted or refused with words, and never throws', () => {
    fc.assert(
      fc.property(
        line,
        fc.boolean(),
        fc.constantFrom('1.6.0' as const, '1.7.0' as const),
        (text, tls, reader) => {
          const result = parseHandshake(text, { versions: [2], tls }, reader)
          if (result.kind === 'accepted') {
            expect(result.handshake).toMatchObject({ coreVersion: 1, appVersion: 2, line: text })
            expect(result.handshake.fields.length).toBeGreaterThanOrEqual(5)
          } else {
            expect(result.error).not.toBe('')
            expect(result.expected).not.toBe('')
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('with fewer than four fields is no handshake', () => {
    const few = fc.array(fc.stringMatching(/^[^|]*$/), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(few, (fields) => {
        expect(parseHandshake(fields.join('|'))).toMatchObject({ class: 'garbage' })
      }),
    )
  })
})
