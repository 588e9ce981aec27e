import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ConformanceError } from '../conformance-error.ts'
import { parseAttachAddress } from './attach-address.ts'

const tcp = (host: string, port: number) => ({ address: { kind: 'tcp', host, port } })
const unix = (socket: string) => ({ address: { kind: 'unix', path: socket } })

describe('an attach address', () => {
  it.each([
    ['127.0.0.1:50051', tcp('127.0.0.1', 50051)],
    ['localhost:1', tcp('localhost', 1)],
    [':42283', tcp('127.0.0.1', 42283)],
    ['[::1]:65535', tcp('::1', 65535)],
    ['[fe80::1%eth0]:5', tcp('fe80::1%eth0', 5)],
    ['  127.0.0.1:5\n', tcp('127.0.0.1', 5)],
    ['unix:/tmp/p.sock', unix('/tmp/p.sock')],
    ['unix:///tmp/p.sock', unix('/tmp/p.sock')],
  ])('may be written %j', (text, target) => {
    expect(parseAttachAddress(text)).toEqual(target)
  })

  it.each([
    ['1|2|tcp|127.0.0.1:43117|grpc', tcp('127.0.0.1', 43117)],
    ['1|2|tcp|:42283|grpc', tcp('127.0.0.1', 42283)],
    ['1|2|unix|/tmp/plugin3724513984|grpc|', unix('/tmp/plugin3724513984')],
    ['1|2|unix|/run/p|grpc||true\n', unix('/run/p')],
  ])('may be the handshake line %j, which is kept', (line, target) => {
    expect(parseAttachAddress(line)).toEqual({ ...target, handshakeLine: line.trim() })
  })

  it.each([
    ['', 'nothing'],
    ['50051', 'a port alone'],
    ['localhost', 'no port'],
    ['localhost:', 'no port'],
    ['127.0.0.1:0', 'the port "0"'],
    ['127.0.0.1:65536', 'the port "65536"'],
    ['127.0.0.1:5a', 'the port "5a"'],
    ['127.0.0.1:-1', 'the port "-1"'],
    ['::1:5', 'several colons'],
    ['[localhost]:5', 'no IPv6 address'],
    ['a b:5', '"a b" as the host'],
    ['http://127.0.0.1:5', 'a URL with the scheme http'],
    ['/tmp/p.sock', 'a path'],
    ['unix:', 'no path'],
    ['unix:p.sock', 'the relative path "p.sock"'],
    [`unix:/${'x'.repeat(107)}`, 'a path of 108 bytes'],
    ['2|2|tcp|127.0.0.1:5|grpc', 'field 1'],
    ['1|1|tcp|127.0.0.1:5|grpc', 'field 2'],
    ['1|2|TCP|127.0.0.1:5|grpc', 'field 3'],
    ['1|2|unix|unix:///tmp/p.sock|grpc', 'the relative path "unix:///tmp/p.sock"'],
    ['1|2|tcp|43117|grpc', 'field 4'],
    ['1|2|tcp', '3 fields'],
    ['1|2|tcp|127.0.0.1:5', 'instead of grpc in field 5'],
  ])('is refused as %j, naming what was found and all accepted forms', (text, found) => {
    const parse = () => parseAttachAddress(text)
    expect(parse).toThrow(found)
    expect(parse).toThrow(
      expect.objectContaining({
        code: 'usage',
        hint: expect.stringMatching(/host:port .*unix:\/.*1\|2\|tcp\|/) as string,
      }),
    )
  })

  it('survives every text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]:|0-9a-z/.]*$/)), (text) => {
        try {
          const { address } = parseAttachAddress(text)
          expect(
            address.kind === 'unix'
              ? address.path.startsWith('/')
              : address.port > 0 && address.port < 65_536,
          ).toBe(true)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConformanceError)
        }
      }),
    )
  })
})
