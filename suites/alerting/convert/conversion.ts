import type { Labels } from '../../dataplane/item-key.ts'

/** One series or one number. */
export interface Item {
  readonly name: string
  readonly labels: Labels
}

/** What an expression, and so an alert rule, makes of the frames of one answer. */
export type Conversion =
  | { readonly kind: 'no-data' }
  | { readonly kind: 'items'; readonly of: 'series' | 'numbers'; readonly items: readonly Item[] }
  /** `text` is what the rule shows; `because` names the place that decides. */
  | { readonly kind: 'refused'; readonly text: string; readonly because: string }

/** The text of an alert rule whose query A could not be read (grafana:pkg/expr/errors.go). */
export function readError(text: string): string {
  return `[sse.readDataError] [A] got error: ${text}`
}
