import type { HostEvent } from '../../host/events.ts'
import { statusName } from '../../host/rpc/call-result.ts'
import { defineObserver } from '../kernel/observer.ts'
import { isLocalStatus } from '../../host/rpc/local-status.ts'
import { rules } from './rules.ts'

const CANCELLED = 1
const UNAVAILABLE = 14

/** ERR-010's bound. */
const MAX_MESSAGE_BYTES = 4096

/** Streams are open for as long as somebody looks at them. */
const openEnded = /\/(RunStream|StreamStdio|StartStream|Watch)$/

type StatusEvent = Extract<HostEvent, { readonly kind: 'status' }>

const ends = defineObserver({
  id: 'errors/every-end',
  title: 'looks whether every call ends in time',
  judges: [rules['answers-in-time']],
  watches: 'a call that ends',
  watch: () => ({
    see(event, judge) {
      if (event.kind !== 'status' || openEnded.test(event.method) || event.budget === 'own') return
      if (event.outcome === 'ended') judge.upheld(rules['answers-in-time'])
      if (event.outcome === 'timeout')
        judge.broken(
          rules['answers-in-time'],
          event,
          `an end of ${event.method}`,
          `none within ${event.ms} ms`,
        )
    },
  }),
})

const encodings = defineObserver({
  id: 'errors/every-answer',
  title: 'decodes every answer of every call',
  judges: [rules['answers-are-decodable']],
  watches: 'a call that is answered',
  watch: () => ({
    see(event, judge) {
      if (event.kind === 'message' && event.direction === 'response')
        judge.upheld(rules['answers-are-decodable'])
      if (event.kind !== 'status' || event.undecodable === undefined) return
      const expected = `a message of ${event.method}, with texts in UTF-8`
      judge.broken(rules['answers-are-decodable'], event, expected, event.details.slice(0, 200))
    },
  }),
})

const statuses = defineObserver({
  id: 'errors/every-status',
  title: 'looks at code and message of every failed call',
  judges: [
    rules['cancelled-only-when-cancelled'],
    rules['unavailable-only-when-gone'],
    rules['status-messages-are-short'],
  ],
  watches: 'a call that fails',
  watch() {
    const stopping = new Set<string>()
    return {
      see(event, judge) {
        // Who is being stopped may end its calls as it likes (LIFE-162).
        if (event.kind === 'stopping' || event.kind === 'exit') stopping.add(event.process)
        if (!isPluginsOwn(event) || stopping.has(event.process)) return
        const actual = `${statusName(event.code)} from ${event.method}: ${event.details.slice(0, 200)}`
        if (event.code === CANCELLED)
          judge.broken(
            rules['cancelled-only-when-cancelled'],
            event,
            'another status for a call that the host did not cancel',
            actual,
          )
        else judge.upheld(rules['cancelled-only-when-cancelled'])
        // Only a failing backend shows that the rule is upheld: a case of its own provides one (ERR-003).
        if (event.code === UNAVAILABLE)
          judge.broken(rules['unavailable-only-when-gone'], event, 'an answer with the error in it', actual)
        const bytes = Buffer.byteLength(event.details)
        if (bytes < MAX_MESSAGE_BYTES) judge.upheld(rules['status-messages-are-short'])
        else
          judge.broken(
            rules['status-messages-are-short'],
            event,
            `less than ${MAX_MESSAGE_BYTES} bytes`,
            `${bytes} bytes from ${event.method}: ${event.details.slice(0, 80)}…`,
          )
      },
    }
  },
})

/** A failure whose status the plugin chose, of a call that anybody looks at: Grafana drops those of stdio and broker (LIFE-100). */
function isPluginsOwn(event: HostEvent): event is StatusEvent {
  return (
    event.kind === 'status' &&
    !event.method.startsWith('/plugin.GRPC') &&
    event.code !== 0 &&
    event.outcome === 'ended' &&
    !event.cancelled &&
    event.undecodable === undefined &&
    !isLocalStatus(event.details)
  )
}

/** Watches over the ends of calls. */
export const observers = [ends, encodings, statuses]
