import { badStarts } from '../doctor/bad-starts/all.ts'
import type { BadStart } from '../doctor/bad-starts/bad-start.ts'

/** The page docs/diagnosis.md: every bad start that is known, and what the doctor says of it. */
export function diagnosisPage(): string {
  const rows = badStarts.map(
    (bad) =>
      `| ${bad.id} | ${bad.story ?? ''} | \`${bad.diagnosed}\` | ${exitCodeOf(bad)} | ${bad.says.map(code).join(', ')} |`,
  )
  return [
    '<!-- Generated from suites/doctor/bad-starts by `npm run docs`. -->',
    '',
    '# Plugins that do not come up',
    '',
    '`grafana-plugin-conformance doctor ./my-plugin` looks at the files, starts the plugin, reads its handshake, calls each service once and stops it.',
    'A plugin that does not come up gets one diagnosis: what happened, the most likely cause, the fix, what Grafana logs word for word, and what all that rests on.',
    '',
    `Below are the ${badStarts.length} bad starts that a test provokes, one by one (\`npm run faults\` does it while you watch). The second column is the failure story in`,
    '[protocol/pain.md](protocol/pain.md), the last one names phrases that the sheet is bound to have.',
    '',
    '| A plugin that … | Story | Diagnosis | Exit | Among what is said |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** Errors keep anything from being started, and are the command line's (exit code 2); a plugin that does not come up is 3. */
export function exitCodeOf({ diagnosed }: Pick<BadStart, 'diagnosed'>): 2 | 3 {
  return diagnosed.startsWith('plugin-') ? 2 : 3
}

/** A phrase as inline code in a cell of a table. */
function code(phrase: string): string {
  const fence = phrase.includes('`') ? '``' : '`'
  const padded = phrase.includes('`') ? ` ${phrase} ` : phrase
  return `${fence}${padded.replaceAll('|', String.raw`\|`)}${fence}`
}
