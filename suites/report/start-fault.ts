import type { StartFault } from '../../host/launch/start-fault.ts'
import { describeExit } from '../../host/rpc/call-result.ts'
import { labelled, paint, printable } from './text.ts'
import type { TextStyle } from './text.ts'

/** The diagnosis of a plugin that did not come up: what was observed, what Grafana says, what to change. */
export function renderStartFault(fault: StartFault, style: TextStyle): readonly string[] {
  const { columns } = style
  const line = (label: string, text: string, most = 4): readonly string[] =>
    labelled(label, text, { indent: 4, columns, most })
  const server = 'the whole server exits with status 2, all dashboards with it.'
  return [
    ...labelled('✗ ', fault.what, { indent: 0, columns }).map((text) => paint(style, 'bad', text)),
    ...line('expected  ', fault.expected),
    ...line('found     ', fault.found),
    ...(fault.firstLine === undefined ? [] : line('stdout    ', JSON.stringify(fault.firstLine), 2)),
    ...(fault.laterHandshake === undefined
      ? []
      : line(
          'but       ',
          `a valid handshake followed as line ${fault.laterHandshake.number}: ${fault.laterHandshake.line}`,
        )),
    ...(fault.environment === undefined ? [] : line('but       ', fault.environment, 8)),
    ...(fault.exit === undefined
      ? []
      : line('exit      ', `${describeExit(fault.exit)}, ${fault.ms} ms after the start`)),
    ...(fault.stderr.length === 0
      ? []
      : [`    stderr, last ${fault.stderr.length === 1 ? 'line' : `${fault.stderr.length} lines`}:`]),
    ...fault.stderr.map((text) => paint(style, 'dim', `      ${printable(text).slice(0, 400)}`)),
    ...(fault.blast === 'server' ? labelled('In Grafana: ', server, { indent: 2, columns }) : []),
    ...(fault.grafanaLog === ''
      ? []
      : labelled('Grafana logs: ', fault.grafanaLog, { indent: 2, columns, most: 4 })),
    ...labelled('Fix: ', fault.fix, { indent: 2, columns }),
  ]
}
