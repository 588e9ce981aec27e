import type { Judgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { hasNulls, hasRows, hasValue, isJson, isJsonWith } from './looks.ts'

/** How the rules about JSON frames are judged. */
export const jsonJudgements: readonly Judgement[] = [
  {
    rule: rules['json-is-schema-then-data'],
    faults: ['JSON-001', 'JSON-002', 'JSON-010', 'JSON-011', 'JSON-014'],
    about: 'in JSON format',
    relevant: isJson,
  },
  {
    rule: rules['json-field-types-are-known'],
    faults: ['JSON-003'],
    about: 'in JSON format with fields',
    relevant: isJsonWith(({ fields }) => fields.length > 0),
  },
  {
    rule: rules['json-columns-match-fields'],
    faults: ['JSON-005'],
    about: 'in JSON format with rows',
    relevant: isJsonWith(hasRows),
  },
  {
    rule: rules['json-cells-fit-their-type'],
    faults: ['JSON-006'],
    about: 'in JSON format with rows',
    relevant: isJsonWith(hasRows),
  },
  {
    rule: rules['json-nulls-are-declared'],
    faults: ['JSON-007'],
    about: 'in JSON format with nulls',
    relevant: isJsonWith(hasNulls),
  },
  {
    rule: rules['json-special-floats-are-listed'],
    faults: ['JSON-008'],
    about: 'in JSON format with NaN or infinity',
    relevant: isJsonWith(
      hasValue(['float32', 'float64'], (value) => typeof value === 'number' && !Number.isFinite(value)),
    ),
  },
  {
    rule: rules['json-nanos-fit-their-rows'],
    faults: ['JSON-009'],
    about: 'in JSON format with instants between two milliseconds',
    relevant: isJsonWith(
      hasValue(['time'], (value) => typeof value === 'bigint' && value % 1_000_000n !== 0n),
    ),
  },
  {
    rule: rules['json-readable-in-browsers'],
    advice: ['JSON-004', 'JSON-005'],
    about: 'in JSON format with fields',
    relevant: isJsonWith(({ fields }) => fields.length > 0),
  },
]
