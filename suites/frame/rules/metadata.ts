import type { RuleDefinition } from '../../kernel/rule.ts'
import { allIsLost } from './all-is-lost.ts'

/** What stands beside the columns (frames.md section 3). */
export const metadataRules = {
  'metadata-keys-are-spelt-right': {
    statement:
      'Metadata keys are spelt name, refId and meta in the schema, labels, config and tstype in fields.',
    level: 'must',
    consequence: 'Grafana does not find them: names, labels and units are missing, without any error.',
    sources: [{ spec: 'META-001' }, { spec: 'META-002' }],
  },
  'metadata-keys-are-unique': {
    statement: 'No metadata key stands twice in one list.',
    level: 'must',
    consequence:
      'Grafana takes the first value, other readers the last: two views of the same data disagree.',
    sources: [{ spec: 'META-003' }],
  },
  'metadata-is-json': {
    statement: 'The values of meta, labels and config are JSON texts; an absent value is an absent key.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'META-004' }],
  },
  'metadata-is-typed': {
    statement: 'Every key of meta and config that Grafana knows has the type that Grafana expects.',
    level: 'must',
    consequence: allIsLost,
    sources: [
      { spec: 'META-005' },
      { spec: 'META-010' },
      { spec: 'META-032' },
      { spec: 'META-033' },
      { spec: 'META-034' },
      { spec: 'META-039' },
      { spec: 'JSON-012' },
    ],
  },
  'labels-are-texts': {
    statement: 'Labels are an object of texts.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'META-030' }],
  },
  'notices-are-readable': {
    statement: 'The severity of a notice is info, warning or error, and its inspect is absent or an integer.',
    level: 'must',
    consequence: `a hint meant for one panel breaks all: ${allIsLost}`,
    sources: [{ spec: 'META-011' }, { spec: 'META-012' }],
  },
  'mappings-are-readable': {
    statement: 'Value mappings are of type value, range or special, with the options of that type.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'META-035' }],
  },
  'threshold-steps-are-readable': {
    statement: 'Threshold steps have the keys value, color and state and no others.',
    level: 'must',
    consequence: `Grafana 10.4 drops the key; 12.4 and newer: ${allIsLost}`,
    sources: [{ spec: 'META-036' }],
  },
  'messages-stay-out-of-metadata': {
    statement:
      'Errors and warnings stand in the response and in meta.notices, not under metadata keys of their own.',
    level: 'must',
    consequence: 'nobody ever sees the message.',
    sources: [{ spec: 'META-008' }],
  },
  'own-data-stands-in-custom': {
    statement: 'meta and config have no keys but those that Grafana knows; own data stands in their custom.',
    level: 'should',
    consequence:
      'the key is dropped before a browser sees the frame, and what depends on it never works in a panel.',
    sources: [{ spec: 'META-006' }],
  },
  'notices-say-something': {
    statement: 'Every notice has a text, and its link is an address.',
    level: 'should',
    consequence: 'the panel has an icon with an empty tooltip, or a link that leads nowhere.',
    sources: [{ spec: 'META-013' }],
  },
  'stats-are-complete': {
    statement: 'Every statistic has a displayName and a finite value.',
    level: 'should',
    consequence: 'the inspector shows a statistic without name, or 0 for a missing value.',
    sources: [{ spec: 'META-014' }],
  },
  'visualisation-is-known': {
    statement: 'preferredVisualisationType is one of graph, table, logs, trace, nodeGraph and flamegraph.',
    level: 'should',
    consequence: 'Explore ignores the wish and shows a table or a graph.',
    sources: [{ spec: 'META-015' }],
  },
  'topic-is-known': {
    statement: 'dataTopic is absent, series or annotations.',
    level: 'should',
    consequence: 'annotations are drawn as if they were series.',
    sources: [{ spec: 'META-017' }],
  },
  'row-ids-point-at-fields': {
    statement: 'uniqueRowIdFields are distinct positions of fields of the frame.',
    level: 'should',
    consequence: 'tables and logs that ask for the id of a row fail in the browser.',
    sources: [{ spec: 'META-018' }],
  },
  'executed-query-is-told': {
    statement: 'A frame of each answer says in executedQueryString which query was executed.',
    level: 'should',
    consequence: 'the query inspector is empty: users can not see what became of macros and variables.',
    sources: [{ spec: 'META-016' }],
  },
  'labels-stand-where-they-count': {
    statement: 'Label keys are not empty and stand once, and time fields have no labels.',
    level: 'should',
    consequence: 'of equal keys the last wins, and the labels of a time field are lost.',
    sources: [{ spec: 'META-031' }],
  },
  'thresholds-ascend': {
    statement: 'Threshold steps begin with null and ascend, in mode absolute or percentage.',
    level: 'should',
    consequence: 'values are shown in the wrong colours.',
    sources: [{ spec: 'META-037' }],
  },
  'display-name-is-the-users': {
    statement: 'Series are named by displayNameFromDS or by name and labels; displayName is left to users.',
    level: 'should',
    consequence: 'the name that a user sets in the panel has no effect.',
    sources: [{ spec: 'META-038' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
