import type { Examination, Mark, Step } from '../doctor/examination.ts'
import { renderDiagnosis } from './diagnosis.ts'
import { labelled, paint, printable, wrap } from './text.ts'
import type { TextStyle } from './text.ts'

/** The sheet of an examination for a person: one line a step, then the diagnosis, then the sum. */
export function renderExamination(examination: Examination, style: TextStyle): string {
  const { steps, diagnosis } = examination
  const sheet = steps.flatMap((step) => renderStep(step, style))
  const blocks = [
    renderExaminationHeading(examination, style),
    sheet,
    diagnosis === undefined ? [] : renderDiagnosis(diagnosis, style),
    labelled('', sumOf(examination), { indent: 0, columns: style.columns }),
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
}

function renderExaminationHeading(
  { tool, subject, grafana }: Examination,
  style: TextStyle,
): readonly string[] {
  const parts = [
    `${tool.name} ${tool.version} doctor`,
    `${printable(subject.id)} ${printable(subject.version)}`.trim(),
    `as Grafana ${grafana}`,
  ]
  return wrap(parts.join(' · '), style.columns).map((line) => paint(style, 'dim', line))
}

const marks: Readonly<Record<Mark, readonly [sign: string, tone: 'good' | 'bad' | 'warning' | 'dim']>> = {
  good: ['✓', 'good'],
  warning: ['!', 'warning'],
  bad: ['✗', 'bad'],
  told: ['-', 'dim'],
}

/** As wide as the longest name of a step. */
const NAME = 15
/** `60000 ms` */
const TIME = 8

/** One step: mark, name, time, what was seen; below it what to change. */
export function renderStep({ name, mark, ms, text, fix }: Step, style: TextStyle): readonly string[] {
  const [sign, tone] = marks[mark]
  const time = ms === undefined ? '' : `${Math.round(ms)} ms`
  const label = `${sign} ${name.padEnd(NAME)} ${time.padStart(TIME)}  `
  const options = { columns: style.columns }
  const [first = '', ...more] = labelled(label, text, { ...options, indent: 0 })
  const fixes = fix === undefined ? [] : labelled('Fix: ', fix, { ...options, indent: label.length })
  return [paint(style, tone, sign) + first.slice(sign.length), ...more, ...fixes]
}

function sumOf({ steps, diagnosis, ms, exitCode }: Examination): string {
  const time = `${(ms / 1000).toFixed(1)} s`
  const bad = steps.filter((step) => step.mark === 'bad').map((step) => step.name)
  const warnings = steps.filter((step) => step.mark === 'warning').length
  const also = warnings === 0 ? '' : ` ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`
  switch (exitCode) {
    case 0:
      return `Nothing wrong that Grafana would show.${also} ${time}`
    case 1:
      return `Wrong, and Grafana would show it: ${[...new Set(bad)].join(', ')}.${also} ${time}`
    case 3:
      return `The plugin did not come up${diagnosis === undefined ? '' : ` (${diagnosis.kind})`}. ${time}`
    case 130:
      return `Interrupted. ${time}`
    default:
      return exitCode satisfies never
  }
}
