import type { Case } from './case.ts'
import type { Need } from './need.ts'
import type { Observer } from './observer.ts'
import type { Rule } from './rule.ts'
import { defineRules } from './rule.ts'
import type { JudgedSubject } from './subject.ts'

const definition = { statement: 's', consequence: 'c', sources: [{ spec: 'DATA-201' }] } as const

/** Three rules, one of each level, for tests of the kernel. */
export const tinyRules = defineRules('query', {
  first: { ...definition, level: 'must' },
  second: { ...definition, level: 'should' },
  third: { ...definition, level: 'may' },
})

/** A case that needs no process and concludes nothing, unless told otherwise. */
export function tinyCase(options: {
  readonly id: string
  readonly judges: readonly [Rule, ...Rule[]]
  readonly process?: 'none' | 'start'
  readonly needs?: readonly Need[]
  readonly variants?: readonly string[]
}): Case {
  return { title: 't', process: 'none', run: () => {}, ...options }
}

/** An observer that sees nothing. */
export function tinyObserver(id: string, judges: readonly [Rule, ...Rule[]]): Observer {
  return { id, title: 't', judges, watches: 'w', watch: () => ({ see: () => {} }) }
}

/** A data source that declares nothing and has nothing, unless told otherwise. */
export function tinySubject(changes: Partial<JudgedSubject> = {}): JudgedSubject {
  return {
    id: 'tiny-datasource',
    version: '1.0.0',
    type: 'datasource',
    declares: { streaming: false, alerting: false, metrics: false, tracing: false },
    hasPluginJson: true,
    directory: '/plugin',
    command: 'tiny',
    sha256: undefined,
    start: 'child',
    spawn: undefined,
    address: undefined,
    preflight: [],
    ...changes,
  }
}
