import type { RuleDefinition } from '../../kernel/rule.ts'
import { allIsLost } from './all-is-lost.ts'

/** How frames in JSON format are written (frames.md section 4). */
export const jsonRules = {
  'json-is-schema-then-data': {
    statement:
      'A JSON frame is one object of schema and data in that order, with values, entities and nanos in that order inside data.',
    level: 'must',
    consequence: `${allIsLost} With null or with another order the server may panic.`,
    sources: [
      { spec: 'JSON-001' },
      { spec: 'JSON-002' },
      { spec: 'JSON-010' },
      { spec: 'JSON-011' },
      { spec: 'JSON-014' },
      { spec: 'DATA-210' },
    ],
  },
  'json-field-types-are-known': {
    statement: 'Every field of a JSON frame has a typeInfo.frame that Grafana knows.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'JSON-003' }],
  },
  'json-columns-match-fields': {
    statement: 'The values of a JSON frame are one array for each field, all of equal length.',
    level: 'must',
    consequence: `${allIsLost} With too few arrays: status 200 and an empty body.`,
    sources: [{ spec: 'JSON-005' }],
  },
  'json-cells-fit-their-type': {
    statement: 'Every cell of a JSON frame has the literal form of its type.',
    level: 'must',
    consequence: `${allIsLost} In the first column numbers wrap around without any error, or the server panics.`,
    sources: [{ spec: 'JSON-006' }, { spec: 'JSON-013' }],
  },
  'json-nulls-are-declared': {
    statement: 'Only nullable fields of a JSON frame have null.',
    level: 'must',
    consequence: 'gaps turn into 0, empty texts, false or year 1, without any error.',
    sources: [{ spec: 'JSON-007' }],
  },
  'json-special-floats-are-listed': {
    statement: 'NaN and infinities are null in values and listed in entities, at rows that exist.',
    level: 'must',
    consequence: 'the server panics ("Server Error"), or NaN and infinities are shown as gaps.',
    sources: [{ spec: 'JSON-008' }],
  },
  'json-nanos-fit-their-rows': {
    statement: 'The nanos of a time field are one integer from 0 to 999999 for each row.',
    level: 'must',
    consequence: 'the server panics ("Server Error"), or instants are shifted without any error.',
    sources: [{ spec: 'JSON-009' }],
  },
  'json-readable-in-browsers': {
    statement: 'Every field of a JSON frame has a name, the type of its typeInfo, and an array of values.',
    level: 'should',
    consequence: 'readers that are no Grafana server guess the type: the text "12" becomes a number.',
    sources: [{ spec: 'JSON-004' }, { spec: 'JSON-005' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
