import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Rule } from './rule.ts'

/**
 * The reference plugin with one misdeed: proof that the rules it breaks can fail, and that no other rule fails with them.
 *
 * `process: 'child'` is for misdeeds that need a process (signals, exits, descendants); the others run inside the tests' process.
 */
export type Mutant =
  | {
      readonly id: string
      readonly breaks: readonly [Rule, ...Rule[]]
      readonly process?: 'in-process' | 'child'
      mutate(base: Behaviour): Behaviour
    }
  /** A misdeed of the folder: `alter` changes a copy of the reference plugin's files. */
  | {
      readonly id: string
      readonly breaks: readonly [Rule, ...Rule[]]
      readonly process: 'folder'
      alter(folder: string): Promise<void>
    }

/** Defines a mutant; its id is a misdeed in the third person: `loses-the-last-refid`. */
export function defineMutant<const M extends Mutant>(definition: M): M {
  return definition
}
