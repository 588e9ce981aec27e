import type { AuxiliaryBehaviour } from '../behaviour.ts'
import { untilAborted } from '../until-aborted.ts'

/** Offers what go-plugin offers; nothing is ever sent through stdio or the broker (LIFE-103, LIFE-104). */
export const referenceAuxiliary: AuxiliaryBehaviour = {
  health: (service) => (service === 'plugin' || service === '' ? 'SERVING' : 'NOT_FOUND'),

  // eslint-disable-next-line require-yield
  async *streamStdio(call) {
    await untilAborted(call.signal)
  },

  // eslint-disable-next-line require-yield
  async *startBroker(_requests, call) {
    await untilAborted(call.signal)
  },
}
