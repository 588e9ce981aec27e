import { readFile } from 'node:fs/promises'

import type { DescFile, DescMessage } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'

import { file_grafana_backend } from './gen/grafana/backend_pb.js'
import { file_grpc_health } from './gen/grpc/health_pb.js'
import { file_hashicorp_grpc_broker } from './gen/hashicorp/grpc_broker_pb.js'
import { file_hashicorp_grpc_controller } from './gen/hashicorp/grpc_controller_pb.js'
import { file_hashicorp_grpc_stdio } from './gen/hashicorp/grpc_stdio_pb.js'

const files: readonly DescFile[] = [
  file_grafana_backend,
  file_grpc_health,
  file_hashicorp_grpc_broker,
  file_hashicorp_grpc_controller,
  file_hashicorp_grpc_stdio,
]

/** A field as a table of wire.md states it. */
interface StatedField {
  readonly message: string
  readonly number: number
  readonly name: string
}

/** Names of the generated messages without their package: `CollectMetricsResponse.Payload`. */
const generated = new Map(
  files.flatMap((file) => file.messages.flatMap((message) => withNested(message, file))),
)

function withNested(message: DescMessage, file: DescFile): ReadonlyArray<readonly [string, DescMessage]> {
  const name = message.typeName.slice(file.proto.package.length + 1)
  return [[name, message], ...message.nestedMessages.flatMap((nested) => withNested(nested, file))]
}

/** Reads the message tables of sections 2 to 4: a heading line names the messages, rows give number and name. */
function statedFields(markdown: string): readonly StatedField[] {
  const contract = markdown.slice(markdown.indexOf('## 2. Package'), markdown.indexOf('## 5. Error details'))
  const stated: StatedField[] = []
  let messages: readonly string[] = []
  for (const line of contract.split('\n')) {
    const named = [...line.matchAll(/`([A-Z][A-Za-z.]+)`/g)].map((match) => match[1] ?? '')
    if (!line.startsWith('|') && /^`[A-Z]/.test(line)) messages = named.filter((name) => generated.has(name))
    const own = /^\| `([A-Z][A-Za-z.]+)` \| (\d+) \| `(\w+)` \|/.exec(line)
    const plain = /^\| (\d+) \| `(\w+)` \|/.exec(line)
    if (own !== null) stated.push({ message: own[1] ?? '', number: Number(own[2]), name: own[3] ?? '' })
    else if (plain !== null) {
      // Tables of enums have the same shape, but enum values are spelt in capitals.
      if (/^[A-Z_]+$/.test(plain[2] ?? '')) continue
      for (const message of messages) stated.push({ message, number: Number(plain[1]), name: plain[2] ?? '' })
    }
  }
  return stated
}

const wire = statedFields(await readFile('docs/protocol/wire.md', 'utf8'))

describe('the generated protocol', () => {
  test('has every message and field of wire.md with its number', () => {
    const missing = wire.filter(
      ({ message, number, name }) =>
        generated.get(message)?.fields.find((field) => field.number === number)?.name !== name,
    )
    expect(missing).toEqual([])
    expect(new Set(wire.map(({ message }) => message)).size).toBeGreaterThanOrEqual(34)
  })

  test('has no field that wire.md does not know', () => {
    const known = new Set(wire.map(({ message, number }) => `${message}.${number}`))
    const unknown = [...generated].flatMap(([name, message]) =>
      message.fields
        .filter((field) => !known.has(`${name}.${field.number}`))
        .map((field) => `${name}.${field.name}`),
    )
    expect(unknown).toEqual([])
  })

  test('offers the eleven methods of pluginv2 by their paths', async () => {
    const markdown = await readFile('docs/protocol/wire.md', 'utf8')
    const stated = [...markdown.matchAll(/`(\/(?:pluginv2|plugin|grpc\.health\.v1)\.\w+\/\w+)`/g)].map(
      (match) => match[1] ?? '',
    )
    const methods = files.flatMap((file) =>
      file.services.flatMap((service) =>
        service.methods.map((method) => `/${service.typeName}/${method.name}`),
      ),
    )
    expect([...new Set(stated)].sort()).toEqual(methods.sort())
    expect(methods.filter((method) => method.startsWith('/pluginv2.'))).toHaveLength(11)
  })
})
