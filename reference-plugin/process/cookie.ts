import type { CookieDecision, Env } from '../behaviour.ts'

/** Serves only for a host that sets the magic cookie, the same for every kind of plugin (LIFE-030, LIFE-031). */
export function checkCookie(env: Env): CookieDecision {
  if (env['grafana_plugin_type'] === 'datasource') return { kind: 'serve' }
  return {
    kind: 'refuse',
    message:
      'This binary is a plugin. It is not meant to be executed directly: install it in Grafana, which starts it and talks to it.',
    exitCode: 1,
  }
}
