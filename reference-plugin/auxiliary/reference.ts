import type { AuxiliaryBehaviour } from '../behaviour.ts'
import { untilAborted } from '../until-aborted.ts'

/** Offers what go-plugin offers; nothing is ever sent through stdio or the broker (LIFE-103, LIFE-104). */
export const referenceAuxiliary: AuxiliaryBehaviour = {
  health: (service) => (service === 'plugin' || service === '' ? 'SERVING' : 'NOT_FOUND'),

  // oxlint-disable-next-line require-yield -- a stream that stays silent
  async *streamStdio(call) {
    await untilAborted(call.signal)
  },

  // oxlint-disable-next-line require-yield -- a stream that stays silent
  async *startBroker(_requests, call) {
    await untilAborted(call.signal)
  },
}
