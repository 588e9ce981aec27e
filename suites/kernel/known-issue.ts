/** A broken rule that somebody knows of and has a reason to live with for now. */
export interface KnownIssue {
  readonly rule: string
  /** Only what this case finds; without it whatever finds the rule broken. */
  readonly case?: string
  /** `failing` has to fail, and is stale when it does not; `flaky` may. */
  readonly kind: 'failing' | 'flaky'
  readonly reason: string
  /** `file:line` of the entry. */
  readonly place: string
}
