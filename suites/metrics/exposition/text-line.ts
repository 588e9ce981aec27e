import type { ExpositionFinding, MetricType } from './family.ts'

/** A line that a scraper refuses; `name` and `type` tell what it was about, where that is known. */
export interface FaultyLine {
  readonly kind: 'fault'
  readonly spec: ExpositionFinding['spec']
  readonly column: number
  readonly message: string
  readonly name?: string
  readonly type?: MetricType
}

/** What one line of the text format says. */
export type TextLine =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help'; readonly name: string; readonly help: string }
  | { readonly kind: 'type'; readonly name: string; readonly type: MetricType }
  | {
      readonly kind: 'sample'
      readonly name: string
      readonly labels: Readonly<Record<string, string>>
      readonly value: number
      readonly timestamp?: number
    }
  | FaultyLine
