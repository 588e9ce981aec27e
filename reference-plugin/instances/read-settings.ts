import { isRecord, parseJson } from '../json.ts'
import type { Settings } from './instances.ts'

/** Reads `jsonData`: nothing and `null` mean no settings (CTX-109); what can't be used is said in words (CTX-407). */
export function readSettings(jsonData: Uint8Array): Settings {
  if (jsonData.length === 0) return { kind: 'usable', jsonData: {} }
  const parsed = parseJson(jsonData)
  if (parsed.kind === 'malformed') return { kind: 'unusable', reason: 'The settings are not valid JSON.' }
  if (parsed.value === null) return { kind: 'usable', jsonData: {} }
  if (!isRecord(parsed.value)) return { kind: 'unusable', reason: 'The settings are not a JSON object.' }
  const { url } = parsed.value
  if (url !== undefined && url !== null && !isHttpUrl(url)) {
    return { kind: 'unusable', reason: 'The setting "url" is not an absolute http or https URL.' }
  }
  return { kind: 'usable', jsonData: parsed.value }
}

function isHttpUrl(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  return /^https?:$/.test(new URL(url).protocol)
}
