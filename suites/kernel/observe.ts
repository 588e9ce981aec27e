import type { HostEvent } from '../../host/events.ts'
import type { CaseVerdict } from './case-verdicts.ts'
import type { Observer, ObserverContext, ObserverJudge, Watch } from './observer.ts'
import { CallBeginnings } from './call-beginnings.ts'
import { tellOf } from './grafana-tells.ts'
import type { Rule } from './rule.ts'
import { grafanaTells } from './verdict.ts'
import type { Evidence, Verdict } from './verdict.ts'

interface Sighting {
  readonly tag: string
  readonly sequence: number
  readonly expected: string
  readonly actual: string
  readonly event: HostEvent
}

interface State {
  readonly observer: Observer
  readonly watch: Watch
  readonly upheld: Set<string>
  readonly broken: Map<string, Sighting[]>
  readonly undeclared: Map<string, string>
  readonly faults: Map<string, string>
}

/** Feeds every event of a run to the observers and gathers what they saw. */
export class Observation {
  readonly #states: readonly State[]
  readonly #beginnings = new CallBeginnings()
  readonly #context: ObserverContext
  #sequence = 0

  constructor(observers: readonly Observer[], context: ObserverContext) {
    this.#context = context
    this.#states = observers.map((observer) => ({
      observer,
      watch: observer.watch(context),
      upheld: new Set(),
      broken: new Map(),
      undeclared: new Map(),
      faults: new Map(),
    }))
  }

  see(event: HostEvent): void {
    const sequence = ++this.#sequence
    this.#beginnings.see(event)
    for (const state of this.#states) ask(state, (watch) => watch.see(event, judgeOf(state, sequence)))
  }

  /**
   * `unseen` is the verdict on rules of which nothing was seen; default unverified, with what the observer watches for.
   *
   * One verdict an observer and rule. Of several sightings the one of the first tag counts, so that concurrency changes nothing.
   */
  conclude(unseen?: Verdict): readonly CaseVerdict[] {
    const sequence = ++this.#sequence
    for (const state of this.#states) ask(state, (watch) => watch.end?.(judgeOf(state, sequence)))
    return this.#states.flatMap((state) =>
      state.observer.judges.map((rule) => ({
        rule: rule.id,
        case: state.observer.id,
        variant: '',
        ms: 0,
        verdict: verdictOf(state, rule, unseen),
        evidence: this.#evidenceOf(state, rule),
      })),
    )
  }

  #evidenceOf(state: State, rule: Rule): readonly Evidence[] {
    const sighting = firstSighting(state, rule)
    if (sighting === undefined) return []
    const { profile, canaries } = this.#context
    const told = tellOf(rule, this.#beginnings.answerTo(profile, sighting.event))
    return [
      { label: 'seen in', value: sighting.tag },
      ...(told === undefined ? [] : [{ label: grafanaTells, value: canaries.redact(told) }]),
    ]
  }
}

function ask(state: State, question: (watch: Watch) => void): void {
  try {
    question(state.watch)
  } catch (error) {
    for (const rule of state.observer.judges)
      state.faults.set(rule.id, `${state.observer.id}: ${String(error)}`)
  }
}

function judgeOf(state: State, sequence: number): ObserverJudge {
  const listed = (rule: Rule): boolean => {
    if (state.observer.judges.some((judged) => judged.id === rule.id)) return true
    const [first] = state.observer.judges
    state.faults.set(first.id, `${state.observer.id} concluded ${rule.id}, which it does not list`)
    return false
  }
  return {
    upheld(rule) {
      if (listed(rule)) state.upheld.add(rule.id)
    },
    broken(rule, event, expected, actual) {
      if (!listed(rule)) return
      const sightings = state.broken.get(rule.id) ?? []
      sightings.push({ tag: event.tag ?? `process ${event.process}`, sequence, expected, actual, event })
      state.broken.set(rule.id, sightings)
    },
    inapplicable(rule, undeclared) {
      if (listed(rule)) state.undeclared.set(rule.id, undeclared)
    },
    fault(rule, error) {
      if (listed(rule)) state.faults.set(rule.id, error)
    },
  }
}

function verdictOf(state: State, rule: Rule, unseen: Verdict | undefined): Verdict {
  const error = state.faults.get(rule.id)
  if (error !== undefined) return { kind: 'harness-fault', error }
  const first = firstSighting(state, rule)
  if (first !== undefined) return { kind: 'broken', expected: first.expected, actual: first.actual }
  if (state.upheld.has(rule.id)) return { kind: 'upheld' }
  const undeclared = state.undeclared.get(rule.id)
  if (undeclared !== undefined) return { kind: 'inapplicable', undeclared }
  const { observer } = state
  return unseen ?? { kind: 'unverified', missing: observer.watchesFor?.(rule) ?? observer.watches }
}

function firstSighting(state: State, rule: Rule): Sighting | undefined {
  const sightings = state.broken.get(rule.id) ?? []
  return [...sightings].sort((a, b) => a.tag.localeCompare(b.tag) || a.sequence - b.sequence)[0]
}
