import type { Plugin } from '../../host/launch/plugin.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import type { Step } from './examination.ts'

/** Stops the plugin as Grafana does, and says how that went (LIFE-160). */
export async function stopStep(plugin: Plugin): Promise<Step> {
  const gone = plugin.exit
  const report = await plugin.stop()
  const step = { name: 'stop', ms: report.ms } as const
  if (plugin.process === undefined)
    return { ...step, ms: undefined, mark: 'told', text: 'disconnected; it was not started here' }
  if (gone !== undefined)
    return { ...step, ms: undefined, mark: 'told', text: `it had ended before (${describeExit(gone)})` }
  if (!report.pipesClosed)
    return {
      ...step,
      mark: 'bad',
      text: `it ended, but its output is held open by ${report.leftBehind.join(', ') || 'another process'}`,
      fix: 'Start the real program with exec: Grafana waits for the end of its output, without limit, and does not restart it.',
    }
  if (report.leftBehind.length > 0)
    return {
      ...step,
      mark: 'warning',
      text: `it left behind ${report.leftBehind.join(', ')}`,
      fix: 'End what was started together with the plugin.',
    }
  if (report.killed)
    return {
      ...step,
      mark: 'warning',
      text: `killed 2 s after Shutdown (${report.shutdown === undefined ? 'not called' : describeResult(report.shutdown)}); Grafana logs "plugin failed to exit gracefully"`,
      fix: 'Implement plugin.GRPCController/Shutdown: answer, then exit.',
    }
  const exit = report.exit === undefined ? 'ended' : describeExit(report.exit)
  const socket = report.socketLeft === true ? ', and left its socket' : ''
  return { ...step, mark: 'good', text: `${exit} after Shutdown${socket}` }
}
