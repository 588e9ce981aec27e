import type { HostEvent } from '../../host/events.ts'
import { formatAddress } from '../../host/handshake/handshake.ts'
import { grafanaLogLine } from '../../host/logs/grafana-log-line.ts'
import { statusName } from '../../host/rpc/call-result.ts'
import { printable, wrap } from './text.ts'
import type { TextStyle } from './text.ts'
import { showMessage } from './show-message.ts'

/** Width of the column of relative times: `12345 ms `. */
const TIME_COLUMN = 10
/** Lines that one event may take. */
const MOST_LINES = 8
/** A line of Grafana's log is of use only as a whole: it is what an author looks for in the server's log. */
const MOST_LOG_LINES = 24

/**
 * The conversation of one case in two columns, host left, plugin right, with times since its first event.
 *
 * Lines of stderr, and the end of the process, are shown as Grafana would write them to its own log, without the time (LIFE-120, LIFE-133).
 */
export function renderTrace(
  title: string,
  events: readonly HostEvent[],
  pluginId: string,
  style: TextStyle,
): string {
  const [first] = events
  if (first === undefined) return ''
  const width = Math.floor((style.columns - TIME_COLUMN - 3) / 2)
  const rows = events.map((event) => {
    const time = `${Math.round(event.at - first.at)} ms`.padStart(TIME_COLUMN - 1)
    const text = describeEvent(event, pluginId)
    const most = event.kind === 'log' || event.kind === 'exit' ? MOST_LOG_LINES : MOST_LINES
    return columns(time, wrap(text, width, most), event.origin, width)
  })
  const head = `${' '.repeat(TIME_COLUMN)}${'host'.padEnd(width)} │ plugin`
  return [`── ${title} `.padEnd(style.columns, '─'), head, ...rows.flat()].join('\n')
}

function columns(
  time: string,
  pieces: readonly string[],
  origin: HostEvent['origin'],
  width: number,
): readonly string[] {
  return pieces.map((piece, index) => {
    const shown = index === 0 ? time : ' '.repeat(time.length)
    const [left, right] = origin === 'host' ? [piece, ''] : ['', piece]
    return `${shown} ${left.padEnd(width)} │ ${right}`.trimEnd()
  })
}

function describeEvent(event: HostEvent, pluginId: string): string {
  switch (event.kind) {
    case 'spawned':
      return `start ${event.command}${event.pid === undefined ? '' : ` (pid ${event.pid})`}`
    case 'stdout':
      return event.number === 1
        ? `stdout ${printable(event.line)}`
        : `stdout, which Grafana drops: ${printable(event.line)}`
    case 'log':
      return printable(grafanaLogLine(event.record, pluginId, null))
    case 'stdio':
      return `stdio ${event.channel}, which Grafana drops: ${printable(event.text)}`
    case 'handshake':
      return `handshake ${formatAddress(event.handshake.address)} after ${event.ms} ms`
    case 'start-failed':
      return `start failed: ${event.fault.what}`
    case 'call':
      return `#${event.call} ${event.method}${event.metadata.map(([key, value]) => ` ${key}=${printable(value)}`).join('')}`
    case 'message':
      return `#${event.call} ${showMessage(event.message)} (${event.bytes} bytes)`
    case 'status':
      return `#${event.call} ${statusName(event.code)}${event.details === '' ? '' : ` ${printable(event.details)}`} after ${event.ms} ms`
    case 'stopping':
      return 'stop: Shutdown, close, 2 s, SIGKILL'
    case 'exit':
      return printable(grafanaLogLine(event.record, pluginId, null))
    case 'left-behind':
      return `left behind: ${event.what}`
    default:
      return event satisfies never
  }
}
