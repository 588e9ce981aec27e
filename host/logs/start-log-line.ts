import { quoted } from './logfmt.ts'

/** Which server logs about which plugin. */
export interface LogVoice {
  readonly pluginId: string
  readonly goPlugin: '1.6.0' | '1.7.0'
}

/** What a voice is when nobody said whose. */
export const anyVoice: LogVoice = { pluginId: '<plugin id>', goPlugin: '1.7.0' }

/** The line that Grafana logs when a plugin's process did not start, without its time (recordings h-handshake-*). */
export function startLogLine(error: string, { pluginId, goPlugin }: LogVoice): string {
  const message = goPlugin === '1.6.0' ? 'Could not start plugin' : 'Could not start plugin backend'
  return `logger=plugins.backend.start level=error msg="${message}" pluginId=${pluginId} error=${quoted(error)}`
}

/** The line about a health check that reaches nobody: a plugin that "started" and does not answer (recordings h-start-notlistening, h-handshake-addr). */
export function callLogLine(error: string, { pluginId, goPlugin }: LogVoice): string {
  const reason = `client: failed to check health: rpc error: code = Unavailable desc = ${error}`
  if (goPlugin === '1.6.0')
    return `logger=context level=error msg="Internal server error" error=${quoted(`[plugin.healthCheck] ${reason}`)}`
  return `logger=context level=error msg="Request Completed" method=GET path=/api/plugins/${pluginId}/health status=500 errorReason=InternalError errorMessageID=plugin.healthCheck error=${quoted(reason)}`
}
