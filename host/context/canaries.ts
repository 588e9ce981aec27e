import { madeUpIdToken } from './id-token.ts'

/** Secrets that exist only in this run, so that finding one in what a plugin says proves a leak (CTX-112). */
export interface Canaries {
  /** Values for `decryptedSecureJsonData`, under keys that plugins commonly use. */
  readonly secrets: Readonly<Record<string, string>>
  /** For `GF_PLUGIN_APP_CLIENT_SECRET` in `grafanaConfig` and in the environment (CTX-116). */
  readonly clientSecret: string
  /** A canary in the shape of an id token, for `X-Grafana-Id`. */
  readonly idToken: string
  /**
   * The name of the first canary in `text`, be it plain, base64, URL-encoded or hexadecimal; `undefined` if there is none.
   * The id token comes last: where it is found there is no other.
   */
  find(text: string | Uint8Array): string | undefined
  /** The text with every canary, in any of these forms, replaced by `[redacted <name>]`. */
  redact(text: string): string
}

/** Keys under which data sources commonly keep secrets (CTX-111; `sdk:backend/common.go` HTTPClientOptions). */
const secretNames = ['apiKey', 'token', 'password', 'basicAuthPassword', 'httpHeaderValue1'] as const

/** The name under which `find` and `redact` speak of the client secret. */
export const clientSecretName = 'GF_PLUGIN_APP_CLIENT_SECRET'

/** The name under which `find` and `redact` speak of the id token. */
export const idTokenName = 'X-Grafana-Id'

/** Makes the canaries of one run; the same `random` gives the same canaries. */
export function createCanaries(random: () => number): Canaries {
  const secrets: Record<string, string> = {}
  const traces: { readonly name: string; readonly pattern: RegExp }[] = []
  for (const name of secretNames) {
    const core = randomCore(random)
    secrets[name] = `canary-${name}-${core}`
    traces.push({ name, pattern: patternOf(core, `(?:canary-${name}-)?`) })
  }
  const clientCore = randomCore(random)
  const clientSecret = `canary-client-${clientCore}`
  traces.push({ name: clientSecretName, pattern: patternOf(clientCore, '(?:canary-client-)?') })
  const core = randomCore(random)
  const idToken = madeUpIdToken(core)
  traces.push({
    name: idTokenName,
    pattern: patternOf(core, `(?:${escaped(idToken.slice(0, -core.length))})?`),
  })

  return {
    secrets,
    clientSecret,
    idToken,
    find(text) {
      // Every form is ASCII, so one character per byte finds it between any other bytes.
      const searched = typeof text === 'string' ? text : latin1(text)
      return traces.find(({ pattern }) => searched.search(pattern) !== -1)?.name
    },
    redact(text) {
      return traces.reduce((left, { name, pattern }) => left.replaceAll(pattern, `[redacted ${name}]`), text)
    },
  }
}

/** Of more bytes than these only the beginning and the end are searched: all of 32 MiB would hold up everything else for seconds. */
const SEARCHED_BYTES = 1024 * 1024

function latin1(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length <= SEARCHED_BYTES) return buffer.toString('latin1')
  const half = SEARCHED_BYTES / 2
  return `${buffer.toString('latin1', 0, half)}\n${buffer.toString('latin1', buffer.length - half)}`
}

const coreAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** 24 characters of 36 are 124 bits: nothing else in a run looks like it. */
const coreLength = 24

function randomCore(random: () => number): string {
  return Array.from(
    { length: coreLength },
    () => coreAlphabet[Math.floor(random() * coreAlphabet.length)],
  ).join('')
}

/** Everything that counts as a trace of `core`, which alone is searched for: what surrounds a secret may be cut or quoted. */
function patternOf(core: string, before: string): RegExp {
  const bytes = [...Buffer.from(core)].map((byte) => byte.toString(16))
  const forms = [
    before + core,
    ...base64Forms(core).map(escaped),
    insensitive(bytes.join('')),
    insensitive(bytes.map((byte) => `%${byte}`).join('')),
  ]
  return new RegExp(forms.join('|'), 'g')
}

/**
 * The characters that base64 yields for `core` whatever stands before and after it, for each of the three ways in which
 * it can lie on the groups of three bytes: a basic-auth header holds `user:secret`.
 */
function base64Forms(core: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.from(' '.repeat(shift) + core)
    const first = Math.ceil((shift * 8) / 6)
    const last = Math.floor((whole.length * 8) / 6)
    return [whole.toString('base64').slice(first, last), whole.toString('base64url').slice(first, last)]
  })
}

/** Hexadecimal digits in either case. */
function insensitive(text: string): string {
  return text.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
