import type { RuleDefinition } from '../../kernel/rule.ts'

/** What the types without a contract have (frames.md 5.5). */
export const otherRules = {
  'listings-start-with-name-and-media-type': {
    statement:
      'The first two fields of a directory-listing frame are texts: the name and the media type of each entry.',
    level: 'should',
    consequence: 'folders can not be opened, and files have no names.',
    sources: [{ spec: 'PLANE-045' }],
  },
  'heatmap-rows-have-numeric-bounds': {
    statement: 'The label le of a row of a heatmap-rows frame is a number or +Inf.',
    level: 'should',
    consequence: 'the rows of the heatmap stand in the wrong order or at the wrong height.',
    sources: [{ spec: 'PLANE-046' }],
  },
  'heatmap-cells-have-x-y-and-values': {
    statement:
      'A heatmap-cells frame has a time field xMax, xMin or x, a number field yMax, yMin or y, and a value field.',
    level: 'should',
    consequence: 'the heatmap panel shows "no data" or an error.',
    sources: [{ spec: 'PLANE-047' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
