import { readFileSync } from 'node:fs'

import { ConformanceError } from '../host/conformance-error.ts'
import type { RuleDefinition } from '../suites/kernel/rule.ts'

/** A rule with everything that judges it and proves it. */
export interface ListedRule extends RuleDefinition {
  readonly id: string
  readonly area: string
  readonly cases: ReadonlyArray<{ readonly id: string; readonly title: string }>
  /** Mutants that break it. */
  readonly mutants: readonly string[]
}

/** The catalogue as data, written by the build so that reading it loads no code. */
export interface ListedCatalogue {
  readonly rules: readonly ListedRule[]
  readonly oddballs: ReadonlyArray<{ readonly id: string; readonly because: string }>
}

/** Reads the catalogue beside the built program. */
export function readCatalogue(): ListedCatalogue {
  const file = new URL('../catalogue.json', import.meta.url)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ListedCatalogue
  } catch (error) {
    throw new ConformanceError('harness-fault', `The catalogue ${file.pathname} can't be read.`, {
      cause: error,
      hint: 'Build the project again: npm run build.',
    })
  }
}
