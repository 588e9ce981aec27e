import { describeExit } from '../rpc/call-result.ts'
import type { Exit } from '../launch/plugin-process.ts'
import type { LogRecord } from './log-record.ts'

/**
 * The record that go-plugin writes into the plugin's log when its process has ended: info for status 0, else error (LIFE-133).
 *
 * Source: hashicorp/go-plugin:client.go (`Start`, the goroutine that waits for the process).
 */
export function exitRecord(
  exit: Exit,
  process: { readonly command: string; readonly pid: number | undefined },
): LogRecord {
  const orderly = exit.code === 0 && exit.signal === null
  return {
    raw: '',
    form: 'hclog',
    level: orderly ? 'info' : 'error',
    message: 'plugin process exited',
    fields: {
      plugin: process.command,
      ...(process.pid === undefined ? {} : { id: String(process.pid) }),
      ...(orderly ? {} : { error: describeExit(exit) }),
    },
    endsGrafana: false,
    findings: [],
  }
}
