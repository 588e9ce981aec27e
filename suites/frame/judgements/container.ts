import type { Judgement } from '../judgement.ts'
import { rules } from '../rules.ts'
import { has, isArrow, isArrowWith, isFilledArrow, hasValue } from './looks.ts'

const inArrow = 'in Arrow format'
const withRows = 'in Arrow format with rows'

/** How the rules about the container are judged. */
export const containerJudgements: readonly Judgement[] = [
  { rule: rules['format-is-told'], faults: ['FRAME-017'], about: 'of any kind', relevant: has(() => true) },
  {
    rule: rules['complete-arrow-file'],
    faults: ['FRAME-001', 'FRAME-002'],
    about: inArrow,
    relevant: isArrow,
  },
  { rule: rules['one-file-per-entry'], faults: ['FRAME-004'], about: inArrow, relevant: isArrow },
  { rule: rules['schema-in-footer'], faults: ['FRAME-005'], about: inArrow, relevant: isArrow },
  { rule: rules['batches-inside-the-file'], faults: ['FRAME-006'], about: withRows, relevant: isFilledArrow },
  { rule: rules['batches-within-limits'], faults: ['FRAME-007'], about: withRows, relevant: isFilledArrow },
  {
    rule: rules['no-dictionaries'],
    faults: ['FRAME-010'],
    about: 'in Arrow format with texts',
    relevant: isArrowWith(hasValue(['string'])),
  },
  {
    rule: rules['columns-as-long-as-their-batch'],
    faults: ['FRAME-013'],
    about: withRows,
    relevant: isFilledArrow,
  },
  {
    rule: rules['buffers-hold-their-rows'],
    faults: ['FRAME-011', 'FRAME-014'],
    about: withRows,
    relevant: isFilledArrow,
  },
  {
    rule: rules['readable-by-others'],
    advice: ['FRAME-003', 'FRAME-005', 'FRAME-012'],
    about: inArrow,
    relevant: isArrow,
  },
]
