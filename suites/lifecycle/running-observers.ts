import { describeExit } from '../../host/rpc/call-result.ts'
import { defineObserver } from '../kernel/observer.ts'
import { rules } from './running-rules.ts'

const exits = defineObserver({
  id: 'lifecycle/every-exit',
  title: 'looks whether a process ends before the host wants it to',
  judges: [rules.survives],
  watches: 'the end of a process that this host started',
  watch: () => ({
    see(event, judge) {
      if (event.kind !== 'exit') return
      if (event.wanted) judge.upheld(rules.survives)
      else judge.broken(rules.survives, event, 'a process that lives', describeExit(event.exit))
    },
  }),
})

/** Watches over the running process. */
export const observers = [exits]
