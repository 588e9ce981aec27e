import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import type { HostEvent } from '../../host/events.ts'
import type { Frame } from '../../host/frames/frame.ts'
import { writeArrowFrame } from '../../host/frames/write-arrow.ts'
import {
  QueryChunkedDataRequestSchema,
  QueryChunkedDataResponseSchema,
  QueryDataRequestSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { mayDeclare } from './may-declare.ts'
import { column } from './scripted/columns.ts'
import { setAnswers } from './scripted/sets.ts'
import { wholeAnswers } from './whole-answers.ts'

const place = { origin: 'plugin', at: 0, process: 'p', tag: undefined, call: 1, method: 'm' } as const

function request(message: unknown): HostEvent {
  return { ...place, kind: 'message', direction: 'request', message, bytes: 0 }
}

function response(message: unknown): HostEvent {
  return { ...place, kind: 'message', direction: 'response', message, bytes: 0 }
}

function ended(code: number): HostEvent {
  const rest = { details: '', ms: 1, outcome: 'ended', cancelled: false, budget: 'default' } as const
  return { ...place, kind: 'status', code, ...rest }
}

const [wide] = setAnswers['wide'] ?? []
const plain: Frame = { name: '', refId: '', fields: [column('v', 'float64', [1])] }

function piece(refId: string, frame: Frame | undefined, error = ''): HostEvent {
  const bytes = frame === undefined ? new Uint8Array() : writeArrowFrame(frame)
  return response(create(QueryChunkedDataResponseSchema, { refId, frameId: '0', frame: bytes, error }))
}

function frameOf(answers: ReturnType<ReturnType<typeof wholeAnswers>['read']>): Frame | undefined {
  return answers[0]?.frames[0]
}

test('only frames that may declare a type are decoded', () => {
  const answers = wholeAnswers(mayDeclare)
  const frames = [writeArrowFrame(plain)]
  const responses = { A: { frames }, B: { frames: wide === undefined ? [] : [writeArrowFrame(wide)] } }
  const found = answers.read(response(create(QueryDataResponseSchema, { responses })))
  expect(found.map(({ refId }) => refId)).toEqual(['B'])
})

test('a query of an alert rule is known by its header (CTX-204)', () => {
  const answers = wholeAnswers(() => true)
  answers.read(request(create(QueryDataRequestSchema, { headers: { FromAlert: 'true' } })))
  const message = create(QueryDataResponseSchema, { responses: { A: { frames: [writeArrowFrame(plain)] } } })
  expect(answers.read(response(message))).toMatchObject([{ refId: 'A', fromAlert: true }])
})

test('what failed has no shape (PLANE-009)', () => {
  const answers = wholeAnswers(() => true)
  const message = create(QueryDataResponseSchema, { responses: { A: { frames: [], error: 'no' } } })
  expect(answers.read(response(message))).toEqual([])
})

test('pieces are one answer when the call has ended well', () => {
  const answers = wholeAnswers(mayDeclare)
  answers.read(request(create(QueryChunkedDataRequestSchema)))
  expect(answers.read(piece('A', wide))).toEqual([])
  expect(answers.read(piece('A', wide))).toEqual([])
  expect(frameOf(answers.read(ended(0)))?.fields[1]?.values).toEqual([1, 2.5, 3, 1, 2.5, 3])
})

test.each([
  ['whose call failed', [piece('A', wide), ended(2)]],
  ['that end with an error', [piece('A', wide), piece('A', undefined, 'no'), ended(0)]],
])('pieces %s are no answer', (_, events) => {
  const answers = wholeAnswers(mayDeclare)
  answers.read(request(create(QueryChunkedDataRequestSchema)))
  expect(events.flatMap((event) => answers.read(event))).toEqual([])
})
