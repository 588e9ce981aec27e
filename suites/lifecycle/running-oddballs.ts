import { spawn } from 'node:child_process'

import { status } from '@grpc/grpc-js'

import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** The running process: connections, crash, end: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'offers-neither-stdio-nor-broker',
    because: 'Grafana ignores UNIMPLEMENTED for both (LIFE-100)',
    vary: (base) => ({ ...base, services: { ...base.services, stdio: false, broker: false } }),
  }),
  defineOddball({
    id: 'ends-stdio-at-once',
    because: 'ending StreamStdio with OK is tolerated (LIFE-102)',
    vary: (base) => ({
      ...base,
      auxiliary: { ...base.auxiliary, streamStdio: async function* nothing() {} },
    }),
  }),
  defineOddball({
    id: 'fails-the-broker-stream',
    because: 'the host drops errors of the broker stream (LIFE-100, LIFE-104)',
    vary: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        // eslint-disable-next-line require-yield
        startBroker: async function* fails() {
          throw new Error('there is no broker')
        },
      },
    }),
  }),
  defineOddball({
    id: 'knows-no-empty-service-name',
    because: 'for the empty name of the health service NOT_FOUND is as good as SERVING (LIFE-106)',
    vary: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        health: (service) => (service === 'plugin' ? 'SERVING' : 'NOT_FOUND'),
      },
    }),
  }),
  defineOddball({
    id: 'ends-before-it-answers-shutdown',
    because: 'a connection that drops because the process exits ends the Shutdown call as well (LIFE-162)',
    vary: (base) => ({
      ...base,
      process: { ...base.process, onShutdown: async (running) => running.exit(0) },
    }),
  }),
  defineOddball({
    id: 'answers-shutdown-with-an-error',
    because:
      'Go plugins stop their server inside the handler, so that the caller sees UNAVAILABLE (LIFE-162)',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        onShutdown(running) {
          running.stop(0)
          return Promise.reject(new RpcError(status.UNAVAILABLE, 'the server is stopping'))
        },
      },
    }),
  }),
  defineOddball({
    id: 'ends-with-status-1-on-sigterm',
    because: 'the exit status after SIGTERM is not interpreted (LIFE-166)',
    vary: (base) => ({
      ...base,
      process: { ...base.process, onSigterm: (running) => running.exit(1) },
    }),
  }),
  defineOddball({
    id: 'lives-on-without-pipes',
    because: 'a plugin that outlives its host at 0 % CPU is a note (LIFE-167, LIFE-168)',
    process: 'child',
    vary: (base) => ({ ...base, process: { ...base.process, onStderrLost: () => {} } }),
  }),
  defineOddball({
    id: 'has-a-helper-that-ends-with-it',
    because: 'a plugin may have processes of its own as long as they end with it (LIFE-011)',
    process: 'child',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        afterHandshake(running) {
          const helper = spawn('/bin/sleep', ['600'], { stdio: 'ignore' })
          helper.unref()
          running.ended.addEventListener('abort', () => helper.kill('SIGTERM'))
        },
      },
    }),
  }),
]
