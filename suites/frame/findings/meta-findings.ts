import type { Frame } from '../../../host/frames/frame.ts'
import { records } from './records.ts'

/** What the browser will not understand in a frame's `meta`, although the host reads it. */
export interface MetaFinding {
  readonly spec: string
  readonly where: string
  readonly expected: string
  readonly found: string
}

/** Judges the values of `meta` (META-013, 014, 015, 017, 018). */
export function metaFindings(frame: Frame): readonly MetaFinding[] {
  const { meta = {} } = frame
  return [
    ...records(meta['notices']).flatMap(noticeFindings),
    ...records(meta['stats']).flatMap(statFindings),
    ...oneOf(
      { spec: 'META-015', key: 'preferredVisualisationType', allowed: visualisations },
      meta['preferredVisualisationType'],
    ),
    ...oneOf({ spec: 'META-017', key: 'dataTopic', allowed: topics }, meta['dataTopic']),
    ...rowIdFindings(meta['uniqueRowIdFields'], frame.fields.length),
  ]
}

/** The browser also knows `rawPrometheus` (table in frames.md 3.2). */
const visualisations = ['graph', 'table', 'logs', 'trace', 'nodeGraph', 'flamegraph', 'rawPrometheus']
/** The browser also knows `alertStates`. */
const topics = ['series', 'annotations', 'alertStates']

function oneOf(
  { spec, key, allowed }: { spec: string; key: string; allowed: readonly string[] },
  value: unknown,
): MetaFinding[] {
  if (typeof value !== 'string' || value === '' || allowed.includes(value)) return []
  return [{ spec, where: `meta.${key}`, expected: allowed.join(', '), found: JSON.stringify(value) }]
}

function noticeFindings(notice: Record<string, unknown>, index: number): MetaFinding[] {
  const where = `meta.notices[${index}]`
  const { text, link } = notice
  const mute = typeof text !== 'string' || text.trim() === ''
  return [
    ...(mute ? [{ spec: 'META-013', where, expected: 'a text', found: 'none' }] : []),
    ...(typeof link === 'string' && link !== '' && !isAddress(link)
      ? [{ spec: 'META-013', where: `${where}.link`, expected: 'an address', found: JSON.stringify(link) }]
      : []),
  ]
}

/** Absolute, or relative to Grafana's root. */
function isAddress(link: string): boolean {
  return URL.canParse(link, 'http://grafana.example/') && !/\s/u.test(link)
}

function statFindings(stat: Record<string, unknown>, index: number): MetaFinding[] {
  const where = `meta.stats[${index}]`
  const { displayName, value } = stat
  const unnamed = typeof displayName !== 'string' || displayName === ''
  return [
    ...(unnamed ? [{ spec: 'META-014', where, expected: 'a displayName', found: 'none' }] : []),
    ...(typeof value === 'number'
      ? []
      : [{ spec: 'META-014', where, expected: 'a number as value', found: JSON.stringify(value ?? null) }]),
  ]
}

function rowIdFindings(ids: unknown, fields: number): MetaFinding[] {
  if (!Array.isArray(ids)) return []
  const inRange = ids.every((id) => typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < fields)
  if (inRange && new Set(ids).size === ids.length) return []
  const expected =
    fields === 0 ? 'none, because there are no fields' : `distinct integers from 0 to ${fields - 1}`
  return [{ spec: 'META-018', where: 'meta.uniqueRowIdFields', expected, found: JSON.stringify(ids) }]
}
