import type { HostEvent } from '../../host/events.ts'
import { defineObserver } from '../kernel/observer.ts'
import { findLeak } from './find-leak.ts'
import { rules } from './rules.ts'

const secrets = defineObserver({
  id: 'context/secrets',
  title: 'searches every byte that comes from the plugin for the secrets that it was given',
  judges: [rules['no-secret-leaves']],
  watches: 'an answer to a call that carried secrets',
  watch: ({ canaries }) => {
    const trusted = new Set<string>()
    return {
      see(event, judge) {
        const rule = rules['no-secret-leaves']
        if (carriesSecrets(event)) trusted.add(callOf(event))
        const leak = findLeak(event, canaries)
        if (leak !== undefined)
          judge.broken(rule, event, 'no secret anywhere', `the value of ${leak.secret} in ${leak.where}`)
        else if (event.kind === 'status' && trusted.delete(callOf(event)) && event.code === 0)
          judge.upheld(rule)
      },
    }
  },
})

function callOf(event: HostEvent): string {
  return 'call' in event ? `${event.process}/${event.call}` : event.process
}

function carriesSecrets(event: HostEvent): boolean {
  if (event.kind !== 'message' || event.direction !== 'request') return false
  const context = member(event.message, 'pluginContext')
  return ['dataSourceInstanceSettings', 'appInstanceSettings'].some((name) => {
    const secret = member(member(context, name), 'decryptedSecureJsonData')
    return typeof secret === 'object' && secret !== null && Object.keys(secret).length > 0
  })
}

function member(value: unknown, name: string): unknown {
  // Any object may be asked for a key.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** Watches over everything that a plugin says. */
export const observers = [secrets]
