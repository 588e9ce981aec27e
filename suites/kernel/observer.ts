import type { HostEvent } from '../../host/events.ts'
import type { Canaries } from '../../host/context/canaries.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { Rule } from './rule.ts'
import type { JudgedSubject } from './subject.ts'

/** Where an observer says what it saw. */
export interface ObserverJudge {
  /** Something that the rule is about was seen and was good. */
  upheld(rule: Rule): void
  /** Something that the rule is about was seen and was bad; `event` tells where. */
  broken(rule: Rule, event: HostEvent, expected: string, actual: string): void
  /** The plugin said that it does not offer what the rule is about; counts as long as nothing else was seen. */
  inapplicable(rule: Rule, undeclared: string): void
  /** The observer's own mistake, or a violation by the host. */
  fault(rule: Rule, error: string): void
}

/** What an observer may know. */
export interface ObserverContext {
  readonly subject: JudgedSubject
  readonly profile: HostProfile
  readonly canaries: Canaries
}

/** One watch over one run. */
export interface Watch {
  see(event: HostEvent, judge: ObserverJudge): void
  /** Called once, when nothing more will be seen: for rules about the whole of a run. */
  end?(judge: ObserverJudge): void
}

/** Judges the events of every case of a run; rules of which nothing was seen end as unverified. */
export interface Observer {
  /** `area/what-is-watched` */
  readonly id: string
  readonly title: string
  readonly judges: readonly [Rule, ...Rule[]]
  /** What has to be seen before its rules can be judged, for the verdict `unverified`. */
  readonly watches: string
  /** The same for one rule, where an observer of many rules can say it more precisely. */
  watchesFor?(rule: Rule): string
  watch(context: ObserverContext): Watch
}

/** Defines an observer. */
export function defineObserver<const O extends Observer>(definition: O): O {
  return definition
}
