import type { HostEvent } from '../../host/events.ts'
import type { ObserverJudge } from '../kernel/observer.ts'
import type { Rule } from '../kernel/rule.ts'
import type { JudgedSubject } from '../kernel/subject.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

/** Makes the rules of an observer inapplicable when the plugin, which promised no streams, answers UNIMPLEMENTED. */
export function undeclaredStreams(
  event: HostEvent,
  subject: JudgedSubject,
  rules: readonly Rule[],
  judge: ObserverJudge,
): void {
  if (event.kind !== 'status' || event.code !== UNIMPLEMENTED || subject.declares.streaming) return
  if (!event.method.startsWith('/pluginv2.Stream/')) return
  for (const rule of rules)
    judge.inapplicable(rule, 'streams: the plugin answers UNIMPLEMENTED, and plugin.json promises none')
}
