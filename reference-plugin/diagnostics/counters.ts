/** What the plugin counts about itself, for CollectMetrics. Values only grow (METRICS-008). */
export interface Counters {
  /** Adds one finished call. */
  count(method: string, outcome: 'ok' | 'error'): void
  /** All counts so far, in a stable order. */
  list(): readonly { readonly method: string; readonly outcome: 'ok' | 'error'; readonly value: number }[]
}
