import type { RuleDefinition } from '../../kernel/rule.ts'
import { allIsLost } from './all-is-lost.ts'

/** What the columns of a frame hold (frames.md section 2). */
export const columnRules = {
  'column-types-are-known': {
    statement: 'Every column has one of the Arrow types that Grafana reads.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-021' }],
  },
  'no-extension-types': {
    statement: 'No column carries the metadata key ARROW:extension:name.',
    level: 'should',
    consequence: `which extensions a Grafana refuses depends on its build; with one that it knows ${allIsLost}`,
    sources: [{ spec: 'FRAME-022' }],
  },
  'nulls-stay-nulls': {
    statement: 'A column with nulls is declared nullable and counts them right.',
    level: 'must',
    consequence: 'gaps turn into 0, empty texts, false or 1970-01-01, without any error.',
    sources: [{ spec: 'FRAME-023' }, { spec: 'FRAME-024' }],
  },
  'time-without-nulls-is-required': {
    statement: 'The first time column is declared non-nullable when it has no nulls.',
    level: 'should',
    consequence:
      'once the frame declares a time series type, expressions and alert rules say that it has no time column.',
    sources: [{ spec: 'FRAME-025' }],
  },
  'time-in-nanoseconds': {
    statement: 'Timestamp columns have the unit nanosecond.',
    level: 'must',
    consequence:
      'every point is in January 1970: Grafana reads the numbers as nanoseconds without a look at the unit.',
    sources: [{ spec: 'FRAME-027' }],
  },
  'times-are-nanoseconds': {
    statement: 'The instants of a query for another time do not all lie in January 1970.',
    level: 'should',
    consequence:
      'the panel is empty: numbers of seconds, milliseconds or microseconds are read as nanoseconds.',
    sources: [{ spec: 'FRAME-027' }],
  },
  'no-time-zone': {
    statement: 'Timestamp columns name no time zone.',
    level: 'should',
    consequence: 'the zone is ignored; wall-clock times are shown shifted by the offset of the zone.',
    sources: [{ spec: 'FRAME-028' }],
  },
  'no-zero-time': {
    statement: 'An instant that is not known is null and not the zero time of a programming language.',
    level: 'must',
    consequence: 'year 1 does not fit into 64 bits of nanoseconds and is shown as 1754-08-30.',
    sources: [{ spec: 'FRAME-029' }],
  },
  'times-of-this-era': {
    statement: 'Instants lie between the years 1900 and 2200.',
    level: 'should',
    consequence: 'sentinels such as year 9999 overflow and are shown as a date in another century.',
    sources: [{ spec: 'FRAME-029' }],
  },
  'texts-are-utf8': {
    statement: 'Every cell of a string column is valid UTF-8.',
    level: 'must',
    consequence: 'the broken characters are shown as �, and texts that differed become equal.',
    sources: [{ spec: 'FRAME-031' }],
  },
  'json-cells-are-json': {
    statement: 'Every cell of a JSON column is exactly one JSON document.',
    level: 'must',
    consequence:
      'the cell becomes null, or the whole answer becomes invalid JSON: status 200, and the browser can read nothing of it.',
    sources: [{ spec: 'FRAME-033' }, { doc: 'pain 51: One JSON cell makes the whole answer invalid' }],
  },
  'enum-names-its-values': {
    statement:
      'An enum column is Uint16 with tstype enum, and config.type.enum.text names each of its values.',
    level: 'must',
    consequence: 'users see index numbers or empty texts instead of names.',
    sources: [{ spec: 'FRAME-034' }],
  },
  'tstype-agrees': {
    statement: 'The tstype of a column is the one of its Arrow type.',
    level: 'should',
    consequence: 'tools that believe tstype show the column with another type.',
    sources: [{ spec: 'FRAME-035' }],
  },
  'integers-survive-browsers': {
    statement: 'Integers beyond 2^53 are sent as texts.',
    level: 'should',
    consequence: 'the last digits change in the browser: an id such as 12345678901234801 is shown as …800.',
    sources: [
      { spec: 'FRAME-036' },
      { spec: 'ALERT-015' },
      { doc: 'pain 24: Values lose precision or configuration' },
    ],
  },
  'no-measurement-is-null': {
    statement: 'Where nothing was measured a column of floating-point numbers has null and not NaN.',
    // The document asks for a note: results of calculations may well be NaN all along.
    level: 'may',
    consequence: 'alert rules fire: null means NoData, NaN is a value that is not 0.',
    sources: [{ spec: 'FRAME-038' }],
  },
  'fields-are-distinct': {
    statement: 'No two fields of a response share frame name, name and labels.',
    level: 'should',
    consequence: 'legends number the duplicates (Value 1, Value 2), and alert rules fail on them.',
    sources: [{ spec: 'FRAME-039' }],
  },
  'fields-are-named': {
    statement: 'Every field has a name.',
    level: 'should',
    consequence: 'the column is shown as "Value".',
    sources: [{ spec: 'FRAME-040' }],
  },
  'refid-is-that-of-the-query': {
    statement: 'The refId of a frame is empty or that of the query that it answers.',
    level: 'should',
    consequence:
      'the browser books the data on another query: overrides, hiding and the inspector hit the wrong one.',
    sources: [
      { spec: 'DATA-203' },
      { spec: 'META-021' },
      { doc: 'pain 23: The answer is filed under the wrong refId' },
    ],
  },
  'arrives-as-built': {
    statement:
      'A frame arrives with the values, nulls, labels and configuration that the plugin put into it.',
    level: 'must',
    consequence: 'names, units, labels or digits are missing from panels and alerts, without any error.',
    sources: [
      { spec: 'META-001' },
      { spec: 'META-002' },
      { spec: 'FRAME-023' },
      { doc: 'traps T-7, T-8, T-31 of frames.md section 8' },
    ],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
