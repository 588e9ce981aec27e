import type { Behaviour } from '../../reference-plugin/behaviour.ts'

/** A legal but unusual plugin: no rule may break. */
export interface Oddball {
  /** A habit in the third person: `sends-empty-frames`. */
  readonly id: string
  /** Why it is legal, with its source. */
  readonly because: string
  readonly process?: 'in-process' | 'child'
  vary(base: Behaviour): Behaviour
}

/** Defines an oddball. */
export function defineOddball<const O extends Oddball>(definition: O): O {
  return definition
}
