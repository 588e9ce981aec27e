import { status } from '@grpc/grpc-js'

import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** Field 900, a varint of 1. */
const FIELD_900 = Uint8Array.of(0xa0, 0x38, 1)

/** Status codes, faults and calls side by side: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'answers-with-fields-of-the-future',
    because:
      'unknown fields are skipped, because older peers meet newer ones all the time (wire.md section 0)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        send: (bytes, path, running) => Buffer.concat([base.transport.send(bytes, path, running), FIELD_900]),
      },
    }),
  }),
  defineOddball({
    id: 'reports-exceptions-as-unknown',
    because: 'the Go SDK answers `panic triggered: <text>` with UNKNOWN (LIFE-114)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        fault: (error, call) =>
          call.signal.aborted || error instanceof RpcError
            ? base.transport.fault(error, call)
            : { code: status.UNKNOWN, details: `panic triggered: ${String(error)}` },
      },
    }),
  }),
  defineOddball({
    id: 'says-nothing-about-failures',
    because: 'the text of a status is free, and empty in the Rust SDK (ERR-001)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        fault: (error, call) => ({ ...base.transport.fault(error, call), details: '' }),
      },
    }),
  }),
  defineOddball({
    id: 'fails-the-call-of-a-panic',
    because: 'an exception may be an error of its call instead of one in band (DATA-406)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        async queryData(request, call) {
          const [query, ...more] = request.queries
          const text = new TextDecoder().decode(query?.json)
          if (more.length === 0 && text.includes('"fail":"panic"'))
            throw new RpcError(status.DATA_LOSS, 'panic')
          return base.data.queryData(request, call)
        },
      },
    }),
  }),
]
