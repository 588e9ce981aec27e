import { isMessage } from '@bufbuild/protobuf'

import { ConnInfoSchema } from '../../proto/gen/hashicorp/grpc_broker_pb.js'
import { StdioDataSchema, StdioData_Channel } from '../../proto/gen/hashicorp/grpc_stdio_pb.js'
import { defineObserver } from '../kernel/observer.ts'
import { rules } from './transport-rules.ts'

const UNIMPLEMENTED = 12

const stdio = defineObserver({
  id: 'lifecycle/stdio',
  title: "reads what the plugin sends through go-plugin's stdio service",
  judges: [rules['stdio-carries-output-only']],
  watches: 'a plugin that offers GRPCStdio, to its end',
  watch: () => ({
    see(event, judge) {
      const rule = rules['stdio-carries-output-only']
      if (event.kind === 'status' && event.method === '/plugin.GRPCStdio/StreamStdio') {
        if (event.code === UNIMPLEMENTED) judge.inapplicable(rule, 'GRPCStdio')
        else judge.upheld(rule)
      }
      if (event.kind !== 'message' || !isMessage(event.message, StdioDataSchema)) return
      const { channel } = event.message
      if (channel === StdioData_Channel.STDOUT || channel === StdioData_Channel.STDERR) judge.upheld(rule)
      else
        judge.broken(
          rule,
          event,
          'channel STDOUT (1) or STDERR (2)',
          `channel ${StdioData_Channel[channel] ?? 'unknown'} (${channel})`,
        )
    },
  }),
})

const broker = defineObserver({
  id: 'lifecycle/broker',
  title: "reads what the plugin sends through go-plugin's broker",
  judges: [rules['opens-no-brokered-connections']],
  watches: 'a plugin that offers GRPCBroker, to its end',
  watch: () => ({
    see(event, judge) {
      const rule = rules['opens-no-brokered-connections']
      if (event.kind === 'status' && event.method === '/plugin.GRPCBroker/StartStream') {
        if (event.code === UNIMPLEMENTED) judge.inapplicable(rule, 'GRPCBroker')
        else judge.upheld(rule)
      }
      if (event.kind !== 'message' || !isMessage(event.message, ConnInfoSchema)) return
      if (event.direction !== 'response') return
      const { serviceId, network, address } = event.message
      judge.broken(
        rule,
        event,
        'no message on the broker stream',
        `an offer to connect to ${network} ${address} as service ${serviceId}`,
      )
    },
  }),
})

/** Watches over the streams that the host opens right after the handshake. */
export const observers = [stdio, broker]
