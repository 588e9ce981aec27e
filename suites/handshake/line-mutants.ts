import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import type { Rule } from '../kernel/rule.ts'
import { rules } from './rules.ts'

/** Misdeeds in the handshake line, each one edit of the right line. */
export const lineMutants: readonly Mutant[] = [
  edited(
    'prints-a-banner-first',
    rules['first-line-is-the-handshake'],
    (line) => `Starting plugin...\n${line}`,
  ),
  edited('prints-a-table-first', rules['first-line-is-the-handshake'], (line) => `| a | b | c |\n${line}`),
  edited('prints-an-empty-line-first', rules['first-line-is-the-handshake'], (line) => `\n${line}`),
  edited('begins-with-a-byte-order-mark', rules['first-line-is-the-handshake'], (line) => `\u{feff}${line}`),
  edited('prints-the-line-in-green', rules['first-line-is-the-handshake'], (line) => `\u001b[32m${line}`),
  edited('forgets-the-line-feed', rules['line-is-ended-and-flushed'], (line) => line.trimEnd()),
  edited(
    'fills-the-buffer',
    rules['line-fits-the-buffer'],
    (line) => `${line.trimEnd()}||${'x'.repeat(70_000)}\n`,
  ),
  edited('puts-blanks-around-the-bars', rules['fields-have-no-blanks'], (line) =>
    line.replaceAll('|', ' | '),
  ),
  field('says-core-version-2', rules['core-version-is-1'], 1, () => '2'),
  field('says-core-version-v1', rules['core-version-is-1'], 1, () => 'v1.0'),
  field('says-app-version-1', rules['app-version-is-2'], 2, () => '1'),
  field('says-app-version-two', rules['app-version-is-2'], 2, () => 'two'),
  field('says-plus-1', rules['versions-are-spelled-plainly'], 1, () => '+1'),
  field('says-02', rules['versions-are-spelled-plainly'], 2, () => '02'),
  field('says-TCP', rules['network-is-tcp-or-unix'], 3, (network) => network.toUpperCase()),
  field('says-tcp4', rules['network-is-tcp-or-unix'], 3, (network) => `${network}4`),
  field(
    'announces-a-port-alone',
    rules['address-is-dialable'],
    4,
    (address) => address.split(':').at(-1) ?? '',
  ),
  field('announces-a-url', rules['address-is-dialable'], 4, (address) => `http://${address}`),
  field('announces-where-nobody-listens', rules['address-is-dialable'], 4, () => '127.0.0.1:1'),
  field('announces-an-unknown-host', rules['address-is-dialable'], 4, () => 'no-such-host.invalid:4711'),
  field('says-GRPC', rules['protocol-is-grpc'], 5, () => 'GRPC'),
  edited('leaves-the-protocol-out', rules['protocol-is-grpc'], (line) => line.replace('|grpc', '')),
  edited('announces-a-certificate-unasked', rules['no-certificate-unasked'], (line) =>
    withSixth(line, certificateLike()),
  ),
  edited('announces-junk-as-certificate', rules['no-certificate-unasked'], (line) =>
    withSixth(line, '!'.repeat(60)),
  ),
  edited('adds-a-seventh-field', rules['multiplexing-is-announced-when-asked'], (line) =>
    line.includes('||') ? line : withSixth(line, '|false'),
  ),
  edited('answers-multiplexing-with-yes', rules['multiplexing-is-announced-when-asked'], (line) =>
    line.replace('||false', '||yes'),
  ),
  edited('announces-the-highest-version-offered', rules['offered-versions-change-nothing'], (line, running) =>
    line.replace('1|2|', `1|${Math.max(2, ...offered(running))}|`),
  ),
  edited('insists-on-version-2-being-offered', rules['offered-versions-change-nothing'], (line, running) => {
    if (!offered(running).includes(2)) throw new Error('The host does not offer version 2.')
    return line
  }),
]

type Edit = (line: string, running: Running) => string

function edited(id: string, rule: Rule, edit: Edit): Mutant {
  return defineMutant({
    id,
    breaks: [rule],
    mutate: (base): Behaviour => ({
      ...base,
      process: {
        ...base.process,
        handshakeLine: (bound, running) => edit(base.process.handshakeLine(bound, running), running),
      },
    }),
  })
}

function field(id: string, rule: Rule, number: number, edit: (text: string) => string): Mutant {
  return edited(id, rule, (line) =>
    line
      .trimEnd()
      .split('|')
      .map((text, index) => (index === number - 1 ? edit(text) : text))
      .join('|')
      .concat('\n'),
  )
}

function withSixth(line: string, text: string): string {
  return `${line.trimEnd()}|${text}\n`
}

/** Unpadded base64 of a DER sequence that is as long as it says: all that tells a certificate from junk at first sight. */
function certificateLike(): string {
  const content = Buffer.alloc(600, 1)
  return Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff, ...content])
    .toString('base64')
    .replace(/=+$/, '')
}

function offered(running: Running): readonly number[] {
  const list = running.world.env['PLUGIN_PROTOCOL_VERSIONS'] ?? ''
  return list
    .split(',')
    .filter((text) => /^\d+$/.test(text))
    .map(Number)
}
