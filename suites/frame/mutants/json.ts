import { defineMutant } from '../../kernel/mutant.ts'
import type { Rule } from '../../kernel/rule.ts'
import { forgeJson } from '../forge/forge.ts'
import { rules } from '../rules.ts'

/** Misdeeds in JSON text: id, rule, name of the frame, what is replaced, by what. */
const replacements: readonly (readonly [string, Rule, string, RegExp | string, string])[] = [
  [
    'adds-a-key-beside-schema-and-data',
    rules['json-is-schema-then-data'],
    'described table',
    /\}$/u,
    ',"length":2}',
  ],
  [
    'writes-data-before-the-schema',
    rules['json-is-schema-then-data'],
    'described table',
    /^\{("schema":.*),("data":\{.*\})\}$/u,
    '{$2,$1}',
  ],
  ['sends-null-for-an-absent-frame', rules['json-is-schema-then-data'], 'no fields', /^.*$/u, 'null'],
  [
    'leaves-the-fields-out-of-an-empty-schema',
    rules['json-is-schema-then-data'],
    'no fields',
    ',"fields":[]',
    '',
  ],
  [
    'compresses-texts-as-browsers-do',
    rules['json-is-schema-then-data'],
    'described table',
    /\}\}$/u,
    ',"enums":[null,null]}}',
  ],
  [
    'writes-nanos-before-values',
    rules['json-is-schema-then-data'],
    'every type',
    /("values":.*),("entities":.*)(?=,"nanos")/u,
    '$2,$1',
  ],
  [
    'types-fields-as-browsers-do',
    rules['json-field-types-are-known'],
    'described table',
    '"frame":"int64"',
    '"frame":"number"',
  ],
  ['sends-a-column-too-few', rules['json-columns-match-fields'], 'described table', ',[1,2]]', ']'],
  ['sends-a-column-too-short', rules['json-columns-match-fields'], 'described table', '[1,2]', '[1]'],
  ['quotes-64-bit-integers', rules['json-cells-fit-their-type'], 'described table', '[1,2]', '["1","2"]'],
  [
    'writes-the-names-of-enum-values',
    rules['json-cells-fit-their-type'],
    'every type',
    /\[0,1,2\]\](?=,"entities")/u,
    '["off","on","broken"]]',
  ],
  [
    'forgets-to-say-nullable',
    rules['json-nulls-are-declared'],
    'labelled series',
    '"nullable":true',
    '"nullable":false',
  ],
  [
    'points-entities-at-rows-that-are-not-there',
    rules['json-special-floats-are-listed'],
    'every type',
    '{"NaN":[1]',
    '{"NaN":[1,9]',
  ],
  [
    'sends-nanos-for-one-row-only',
    rules['json-nanos-fit-their-rows'],
    'every type',
    '"nanos":[[1,456789,0]',
    '"nanos":[[1]',
  ],
  [
    'leaves-the-browser-to-guess-types',
    rules['json-readable-in-browsers'],
    'described table',
    '"type":"number",',
    '',
  ],
  [
    'sends-no-arrays-for-no-rows',
    rules['json-readable-in-browsers'],
    'no rows',
    /"values":\[.*\]/u,
    '"values":[]',
  ],
]

/** Misdeeds in JSON frames. */
export const jsonMutants = replacements.map(([id, rule, name, what, by]) =>
  defineMutant({ id, breaks: [rule], mutate: forgeJson(name, (text) => text.replace(what, by)) }),
)
