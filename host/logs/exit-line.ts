import { describeExit } from '../rpc/call-result.ts'
import type { Exit } from '../launch/plugin-process.ts'
import { grafanaLogLine } from './grafana-log-line.ts'

/**
 * Writes the line that go-plugin logs in Grafana when a plugin's process ends, whatever ended it (LIFE-133).
 *
 * Source: hashicorp/go-plugin:client.go (`Start`); 60 such lines in the recordings of faults and stops.
 */
export function exitLine(
  exit: Exit,
  process: { readonly command: string; readonly pid: number | undefined },
  pluginId: string,
  at?: Date | null,
): string {
  const orderly = exit.code === 0
  return grafanaLogLine(
    {
      level: orderly ? 'info' : 'error',
      message: 'plugin process exited',
      fields: {
        plugin: process.command,
        ...(process.pid === undefined ? {} : { id: process.pid }),
        ...(orderly ? {} : { error: describeExit(exit) }),
      },
      endsGrafana: false,
    },
    pluginId,
    at,
  )
}
