import type { FreshContext, SharedContext, StartContext, StaticContext } from './case-context.ts'
import type { Need } from './need.ts'
import type { Rule } from './rule.ts'

interface CaseBase {
  /** `area/what-is-done` */
  readonly id: string
  /** One line for `list` and `explain`: what the host does. */
  readonly title: string
  /** Every rule that this case concludes. */
  readonly judges: readonly [Rule, ...Rule[]]
  readonly needs?: readonly Need[]
  /** The case runs once for each; the name is `t.variant`. */
  readonly variants?: readonly string[]
  /** Computes for more than 50 ms on a good plugin. Tests of other rules leave it out, unless they test everything. */
  readonly heavy?: true
}

/** One conversation with a plugin that judges several rules. */
export type Case =
  /** Looks at the files of the plugin; nothing runs. */
  | (CaseBase & { readonly process: 'none'; run(t: StaticContext): Promise<void> | void })
  /** Judges the start of the shared process itself. */
  | (CaseBase & { readonly process: 'start'; run(t: StartContext): Promise<void> | void })
  /** Talks to a process that other cases use at the same time. */
  | (CaseBase & { readonly process: 'shared'; run(t: SharedContext): Promise<void> })
  /** Starts processes of its own. */
  | (CaseBase & { readonly process: 'fresh'; run(t: FreshContext): Promise<void> })

/** Defines a case; the kind of process decides what `t` offers. */
export function defineCase<const C extends Case>(definition: C): C {
  return definition
}
