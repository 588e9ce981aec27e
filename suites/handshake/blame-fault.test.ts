import { describe, expect, it } from 'vitest'

import { parseHandshake } from '../../host/handshake/parse-handshake.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { blameFault } from './blame-fault.ts'

const nothing = {
  what: '',
  expected: '',
  found: '',
  fix: '',
  grafanaLog: '',
  blast: 'plugin',
  stderr: [],
  ms: 1,
} as const satisfies Omit<StartFault, 'class'>

function faultOf(line: string): StartFault {
  const result = parseHandshake(line)
  if (result.kind === 'accepted') throw new TypeError(`${line} is no fault`)
  return { ...nothing, class: result.class, firstLine: line }
}

describe('the blame for a first line', () => {
  it.each([
    ['Starting', 'first-line-is-the-handshake'],
    ['| a | b | c |', 'first-line-is-the-handshake'],
    ['a|b|c|d|e', 'first-line-is-the-handshake'],
    ['\u{feff}1|2|tcp|127.0.0.1:5|grpc', 'first-line-is-the-handshake'],
    ['\u001b[1;32m1|2|tcp|127.0.0.1:5|grpc', 'first-line-is-the-handshake'],
    ['> 1|2|tcp|127.0.0.1:5|grpc', 'first-line-is-the-handshake'],
    ['1 | 2 | tcp | 127.0.0.1:5 | grpc', 'fields-have-no-blanks'],
    ['1|2|tcp |127.0.0.1:5|grpc', 'fields-have-no-blanks'],
    ['1|2|tcp|127.0.0.1:5|grpc |', 'fields-have-no-blanks'],
    ['1.0|2|tcp|127.0.0.1:5|grpc', 'core-version-is-1'],
    ['|2|tcp|127.0.0.1:5|grpc', 'core-version-is-1'],
    ['2|2|tcp|127.0.0.1:5|grpc', 'core-version-is-1'],
    ['1|v2|tcp|127.0.0.1:5|grpc', 'app-version-is-2'],
    ['1|2|http|127.0.0.1:5|grpc', 'network-is-tcp-or-unix'],
    ['1|2|tcp|5|grpc', 'address-is-dialable'],
    ['1|2|tcp|127.0.0.1:0|grpc', 'address-is-dialable'],
    ['1|2|tcp|127.0.0.1:5', 'protocol-is-grpc'],
    [`1|2|tcp|127.0.0.1:5|grpc|${'!'.repeat(51)}`, 'no-certificate-unasked'],
  ])('%j goes to %s', (line, slug) => {
    expect(blameFault(faultOf(line)).id).toBe(`handshake/${slug}`)
  })
})

describe('the blame for a start without a line', () => {
  it.each([
    [{ ...nothing, class: 'exited' }, 'serves-when-started'],
    [{ ...nothing, class: 'exec' }, 'serves-when-started'],
    [{ ...nothing, class: 'garbage' }, 'first-line-is-the-handshake'],
    [{ ...nothing, class: 'timeout' }, 'arrives-in-time'],
    [{ ...nothing, class: 'timeout', partialLine: '1|2|tcp' }, 'line-is-ended-and-flushed'],
    [{ ...nothing, class: 'too-long', firstLine: '' }, 'line-fits-the-buffer'],
    [{ ...nothing, class: 'unreachable', firstLine: '1|2|tcp|127.0.0.1:5|grpc' }, 'address-is-dialable'],
    [{ ...nothing, class: 'address', firstLine: '1|2|tcp|no-such-host:5|grpc' }, 'address-is-dialable'],
    [{ ...nothing, class: 'silent', firstLine: '1|2|tcp|127.0.0.1:5|grpc' }, 'answers-in-plaintext'],
  ] as const)('%j goes to %s', (fault, slug) => {
    expect(blameFault(fault).id).toBe(`handshake/${slug}`)
  })
})
