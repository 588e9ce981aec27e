import { fromBinary } from '@bufbuild/protobuf'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  AdmissionControl,
  Data,
  Diagnostics,
  Resource,
  ResourceConversion,
  Stream,
} from '../../proto/gen/grafana/backend_pb.js'
import { methodPaths } from './every-method.ts'
import { undecodable } from './undecodable.ts'

const methods = [Diagnostics, Resource, Data, Stream, AdmissionControl, ResourceConversion].flatMap(
  (service) => [...service.methods],
)

test('the eleven methods are those of the protocol', () => {
  expect([...methodPaths].sort()).toEqual(
    methods.map((method) => `/${method.parent.typeName}/${method.name}`).sort(),
  )
})

test('no request of any method can be read from undecodable bytes, whatever noise follows', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }), (noise) => {
      let at = 0
      for (const { name, bytes } of undecodable(() => noise[at++ % noise.length] ?? 0)) {
        for (const method of methods) expect(() => fromBinary(method.input, bytes), name).toThrow()
      }
    }),
    { numRuns: 50 },
  )
})
