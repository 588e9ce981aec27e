import { clientSecretName, idTokenName } from '../../host/context/canaries.ts'
import type { Canaries } from '../../host/context/canaries.ts'
import type { HostEvent, MessageEvent } from '../../host/events.ts'

/** A secret that left the plugin. */
export interface Leak {
  /** What it is called, never what it is. */
  readonly secret: string
  /** Where it stood, for people: `responses.A.error of QueryData`. */
  readonly where: string
}

/**
 * The first secret in what a plugin emitted.
 *
 * What the caller sent as a header may come back to that caller, as an echo does; in logs and metrics it is read by others
 * (CTX-112, LIFE-132). Decrypted settings belong in neither.
 */
export function findLeak(event: HostEvent, canaries: Canaries): Leak | undefined {
  switch (event.kind) {
    case 'log':
      return search(canaries, event.record.raw, 'a line of stderr')
    case 'stdout':
      return search(canaries, event.line, `line ${event.number} of stdout`)
    case 'stdio':
      return search(canaries, event.text, `what was printed to ${event.channel}`)
    case 'status':
      return notToken(search(canaries, event.details, `the error of ${shortName(event.method)}`))
    case 'message': {
      if (event.direction === 'request') return undefined
      const leak = searchAll(canaries, withoutGift(event), '', shortName(event.method))
      return event.method.endsWith('/CollectMetrics') ? leak : notToken(leak)
    }
    default:
      return undefined
  }
}

/** Fields that hold the object of the request, secrets included, because that is what was asked for (ADM-006, CONV-003). */
const gifts: ReadonlyMap<string, string> = new Map([
  ['/pluginv2.AdmissionControl/MutateAdmission', 'objectBytes'],
  ['/pluginv2.ResourceConversion/ConvertObjects', 'objects'],
])

function withoutGift({ method, message }: MessageEvent): unknown {
  const gift = gifts.get(method)
  if (gift === undefined || typeof message !== 'object' || message === null) return message
  return Object.fromEntries(Object.entries(message).filter(([field]) => field !== gift))
}

function notToken(leak: Leak | undefined): Leak | undefined {
  return leak?.secret === idTokenName ? undefined : leak
}

/** Looks at every text and every byte of a message. */
function searchAll(canaries: Canaries, value: unknown, path: string, method: string): Leak | undefined {
  if (typeof value === 'string' || value instanceof Uint8Array)
    return search(canaries, value, path === '' ? `an answer of ${method}` : `${path} of ${method}`)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const below = path === '' ? key : `${path}.${key}`
    // The key of a map may be the leak.
    const leak =
      search(canaries, key, `a key of ${path} of ${method}`) ?? searchAll(canaries, member, below, method)
    if (leak !== undefined) return leak
  }
  return undefined
}

function search(canaries: Canaries, text: string | Uint8Array, where: string): Leak | undefined {
  const name = canaries.find(text)
  return name === undefined ? undefined : { secret: label(name), where: canaries.redact(where) }
}

function label(name: string): string {
  return name === idTokenName || name === clientSecretName ? name : `secureJsonData.${name}`
}

function shortName(method: string): string {
  return method.slice(method.lastIndexOf('/') + 1)
}
