import type { StartOutcome } from '../../host/launch/plugin.ts'
import { startFor } from './contexts.ts'
import type { RunWorld } from './run-world.ts'
import { probeHealth } from './smoke.ts'

/**
 * Looks how a plugin that failed under AutoMTLS does without, because that tells a problem of TLS from any other.
 *
 * A plugin that does not come up in plaintext either has the fault that it has there.
 */
export async function comparePlaintext(outcome: StartOutcome, world: RunWorld): Promise<StartOutcome> {
  if (outcome.kind === 'up' || outcome.fault.tls === undefined) return outcome
  const options = { ...world.options, autoMtls: false }
  const plain = await startFor({ ...world, options }, 'plaintext-1')
  if (plain.kind === 'refused') return plain
  await using plugin = plain.plugin
  const fault = await probeHealth(plugin, options)
  const plaintext =
    fault === undefined
      ? 'the same plugin starts and answers without PLUGIN_CLIENT_CERT'
      : `without PLUGIN_CLIENT_CERT: ${fault.what}`
  return { kind: 'refused', fault: { ...outcome.fault, tls: { ...outcome.fault.tls, plaintext } } }
}
