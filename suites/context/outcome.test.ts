import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import {
  CallResourceResponseSchema,
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { healthOutcome, outcomeOf, queryOutcome, resourceOutcome } from './outcome.ts'

const { ERROR } = CheckHealthResponse_HealthStatus

function failed(code: number): CallResult<never> {
  return { kind: 'failed', code, details: 'why', ms: 1, cancelled: false }
}

function query(error: string, status: number): ReturnType<ReturnType<typeof queryOutcome>> {
  return queryOutcome('A')(create(QueryDataResponseSchema, { responses: { A: { error, status } } }))
}

test('the status code of a failed call is its outcome', () => {
  expect(outcomeOf(failed(2))).toEqual({ key: 'status 2', text: 'UNKNOWN (2) "why"', kind: 'failed' })
  expect(outcomeOf(failed(12)).kind).toBe('unimplemented')
  expect(outcomeOf(failed(7)).kind).toBe('refused')
  expect(outcomeOf(failed(16)).kind).toBe('refused')
})

test('a death and a wait without end are outcomes of their own', () => {
  expect(outcomeOf({ kind: 'died', exit: { code: 1, signal: null }, ms: 1 }).kind).toBe('died')
  expect(outcomeOf({ kind: 'timeout', ms: 1 }).kind).toBe('timeout')
})

test('queries end with data, with an error of any kind, or without a response', () => {
  expect(query('', 200)).toMatchObject({ key: 'data', kind: 'answered' })
  expect(query('one', 500)).toMatchObject({ key: 'error', kind: 'answered' })
  expect(query('another', 400)).toMatchObject({ key: 'error', kind: 'answered' })
  expect(query('not you', 403)).toMatchObject({ key: 'error', kind: 'refused' })
  expect(queryOutcome('B')(create(QueryDataResponseSchema))).toMatchObject({ key: 'no response' })
})

test('health checks end with their status, whatever the message', () => {
  const one = healthOutcome(create(CheckHealthResponseSchema, { status: ERROR, message: 'one' }))
  const other = healthOutcome(create(CheckHealthResponseSchema, { status: ERROR, message: 'other' }))
  expect(one.key).toBe('ERROR')
  expect(other.key).toBe(one.key)
})

test('resources end with their HTTP status', () => {
  const [ok, denied] = [200, 401].map((code) => create(CallResourceResponseSchema, { code }))
  expect(resourceOutcome(ok === undefined ? [] : [ok])).toMatchObject({ key: 'HTTP 200', kind: 'answered' })
  expect(resourceOutcome(denied === undefined ? [] : [denied])).toMatchObject({ kind: 'refused' })
  expect(resourceOutcome([])).toMatchObject({ key: 'no message' })
})
