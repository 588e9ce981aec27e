import { expect, test } from 'vitest'

import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { Data } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'
import type { Started } from '../testing/start-reference.ts'

async function ask(started: Started, conformance: unknown) {
  const { responses } = await started.client.unary(Data.method.queryData, {
    queries: [{ refId: 'A', json: Buffer.from(JSON.stringify({ conformance })) }],
  })
  return responses['A']
}

const CELLS: readonly [string, unknown[], unknown[]][] = [
  ['int8', [-128, 127], [-128, 127]],
  ['int16', [-32_768], [-32_768]],
  ['int32', ['2147483647'], [2_147_483_647]],
  ['int64', ['9223372036854775807', 5], [2n ** 63n - 1n, 5n]],
  ['uint8', [255], [255]],
  ['uint16', [65_535], [65_535]],
  ['uint32', [4_294_967_295], [4_294_967_295]],
  ['uint64', ['18446744073709551615'], [2n ** 64n - 1n]],
  ['float32', [0.5, 'NaN'], [0.5, Number.NaN]],
  ['float64', [1e300, '+Inf', '-Inf'], [1e300, Infinity, -Infinity]],
  ['string', ['ü', ''], ['ü', '']],
  ['bool', [true, false], [true, false]],
  [
    'time',
    ['1', '1970-01-01T00:00:01.000000002Z', '1969-12-31T23:59:59.999999999Z'],
    [1n, 1_000_000_002n, -1n],
  ],
  ['json', [{ a: [1, null] }, 'x'], ['{"a":[1,null]}', '"x"']],
]

test.each(CELLS)(
  'a scripted field of type %s arrives as it was asked for',
  async (type, values, expected) => {
    await using started = await startReference()
    const field = { name: 'f', type, values: [...values, null], labels: { a: 'b' }, config: { unit: 's' } }
    const response = await ask(started, {
      frames: [{ name: 'n', refId: 'A', meta: { custom: {} }, fields: [field] }],
    })
    expect(response).toMatchObject({ status: 200, error: '' })
    expect(readArrowFrame(response?.frames[0] ?? new Uint8Array()).frame).toEqual({
      name: 'n',
      refId: 'A',
      meta: expect.objectContaining({ custom: {} }),
      fields: [
        {
          name: 'f',
          type,
          nullable: true,
          labels: { a: 'b' },
          config: { unit: 's' },
          values: [...expected, null],
        },
      ],
    })
  },
)

test.each([
  'x',
  { frames: {} },
  { frames: [1] },
  { frames: [{ name: 5 }] },
  { frames: [{ fields: [{ name: 'f', type: 'int9', values: [] }] }] },
  { frames: [{ fields: [{ name: 'f', type: 'int8', values: [128] }] }] },
  { frames: [{ fields: [{ name: 'f', type: 'uint64', values: ['-1'] }] }] },
  { frames: [{ fields: [{ name: 'f', type: 'time', values: ['yesterday'] }] }] },
  { frames: [{ fields: [{ name: 'f', type: 'time', values: ['2999-01-01T00:00:00Z'] }] }] },
  { frames: [{ fields: [{ name: 'f', type: 'bool', values: [null], nullable: false }] }] },
  {
    frames: [
      {
        fields: [
          { name: 'f', type: 'bool', values: [] },
          { name: 'g', type: 'bool', values: [true] },
        ],
      },
    ],
  },
  { error: { message: '' } },
  { error: { message: 'm', status: 200 } },
  { error: { message: 'm', source: 'me' } },
  { bytes: -1 },
])('a script that does not fit is an error in band: %j', async (script) => {
  await using started = await startReference()
  expect(await ask(started, script)).toMatchObject({ status: 400, error: expect.stringMatching(/./) })
})

test('a scripted error arrives word for word', async () => {
  await using started = await startReference()
  expect(
    await ask(started, { error: { message: 'slow down', status: 429, source: 'downstream' } }),
  ).toMatchObject({
    error: 'slow down',
    status: 429,
    errorSource: 'downstream',
    frames: [],
  })
})

test('asked for n bytes, a text of n characters arrives', async () => {
  await using started = await startReference()
  const response = await ask(started, { bytes: 5000 })
  const { frame } = readArrowFrame(response?.frames[0] ?? new Uint8Array())
  expect(frame?.fields[0]?.values.join('')).toBe('x'.repeat(5000))
})

test('an empty script is answered with one frame without fields', async () => {
  await using started = await startReference()
  expect((await ask(started, {}))?.frames).toHaveLength(1)
})
