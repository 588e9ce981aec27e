import type { RuleDefinition } from '../../kernel/rule.ts'

/** What log lines have (frames.md 5.4). */
export const logRules = {
  'log-lines-have-time-and-body': {
    statement: 'A log-lines frame has a time field called timestamp and a string field called body.',
    level: 'must',
    consequence: 'the frame is not recognised as logs: there are no lines and no error.',
    sources: [{ spec: 'PLANE-035' }, { upstream: 'grafana/grafana:public/app/features/logs/logsFrame.ts' }],
  },
  'log-columns-are-filled': {
    statement: 'timestamp, body, labels and labelTypes of a log-lines frame are declared non-nullable.',
    level: 'should',
    consequence: 'nothing today; readers that follow the contract may refuse the frame.',
    sources: [{ spec: 'PLANE-035' }, { spec: 'PLANE-036' }],
  },
  'log-labels-are-objects': {
    statement:
      'labels and labelTypes of a log-lines frame are JSON columns in which every cell is an object.',
    level: 'must',
    consequence: 'the labels of the lines are not shown, and nothing can be filtered by them.',
    sources: [{ spec: 'PLANE-036' }],
  },
  'log-lines-ask-for-the-logs-view': {
    statement: 'A log-lines frame has preferredVisualisationType logs.',
    level: 'should',
    consequence: 'Explore shows a table instead of log lines.',
    sources: [{ spec: 'PLANE-037' }],
  },
  'log-ids-are-unique': {
    statement: 'No id of a log line stands twice in a response.',
    level: 'should',
    consequence: 'rows are merged or jump while scrolling, and links lead to another line.',
    sources: [{ spec: 'PLANE-038' }],
  },
  'log-ids-are-stable': {
    statement: 'A log line has the same id whenever it is asked for.',
    level: 'should',
    consequence:
      'lines that are already shown appear again after a refresh, and links to a line lead nowhere.',
    sources: [{ spec: 'PLANE-038' }],
  },
  'log-severities-are-known': {
    statement: 'The severity of a log line is a level word or syslog number that Grafana knows.',
    level: 'should',
    consequence: 'the level of the line is "unknown": no colour, and level filters miss it.',
    sources: [{ spec: 'PLANE-038' }, { upstream: 'grafana/grafana:packages/grafana-data/src/types/logs.ts' }],
  },
  'log-nanoseconds-are-numbers': {
    statement: 'A field called tsNs of a log-lines frame is a number.',
    level: 'must',
    consequence: 'lines of the same millisecond are shown in the wrong order.',
    sources: [{ spec: 'PLANE-039' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>
