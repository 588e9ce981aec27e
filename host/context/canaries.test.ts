import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createCanaries, type Canaries } from './canaries.ts'

/** A generator of random numbers with a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function named(canaries: Canaries): [name: string, value: string][] {
  return [
    ...Object.entries(canaries.secrets),
    ['GF_PLUGIN_APP_CLIENT_SECRET', canaries.clientSecret],
    ['X-Grafana-Id', canaries.idToken],
  ]
}

const forms: readonly [name: string, write: (secret: Buffer) => string][] = [
  ['plain', (secret) => secret.toString()],
  ['base64', (secret) => secret.toString('base64')],
  ['base64url', (secret) => secret.toString('base64url')],
  ['URL-encoded', (secret) => encodeURIComponent(secret.toString())],
  ['URL-encoded byte by byte', (secret) => secret.toString('hex').replaceAll(/../g, '%$&')],
  ['hexadecimal', (secret) => secret.toString('hex')],
  ['upper-case hexadecimal', (secret) => secret.toString('hex').toUpperCase()],
]

it.each(forms)('finds and redacts every canary in its %s form, whatever stands around it', (_, write) => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.string(), fc.nat(2), (seed, before, after, shift) => {
      const canaries = createCanaries(seeded(seed))
      for (const [name, value] of named(canaries)) {
        const text = before + write(Buffer.from('u'.repeat(shift) + value)) + after
        expect(canaries.find(text)).toBe(name)
        expect(canaries.find(Buffer.from(text))).toBe(name)
        const redacted = canaries.redact(text)
        expect(redacted).toContain(`[redacted ${name}]`)
        expect(canaries.find(redacted)).toBeUndefined()
      }
    }),
    { numRuns: 30 },
  )
})

it('redacts a plain secret whole', () => {
  const canaries = createCanaries(seeded(1))
  const { password = '' } = canaries.secrets
  expect(canaries.redact(`login root:${password}@db, ${canaries.idToken}`)).toBe(
    'login root:[redacted password]@db, [redacted X-Grafana-Id]',
  )
})

it('finds nothing in text without a canary, nor in those of another run', () => {
  const canaries = createCanaries(seeded(1))
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(canaries.find(text)).toBeUndefined()
      expect(canaries.redact(text)).toBe(text)
    }),
  )
  for (const [, value] of named(createCanaries(seeded(2)))) expect(canaries.find(value)).toBeUndefined()
})

it('gives the same canaries for the same seed, and no two alike', () => {
  expect(createCanaries(seeded(5)).secrets).toEqual(createCanaries(seeded(5)).secrets)
  const values = named(createCanaries(seeded(5))).map(([, value]) => value)
  expect(new Set(values).size).toBe(values.length)
})

it('names another canary before the id token', () => {
  const canaries = createCanaries(seeded(1))
  expect(canaries.find(`${canaries.idToken} ${canaries.secrets['token']}`)).toBe('token')
})

it('finds a canary at the beginning and at the end of megabytes', () => {
  const canaries = createCanaries(seeded(1))
  const [name, value] = named(canaries)[0] ?? ['', '']
  const bytes = Buffer.alloc(8 * 1024 * 1024, 'x')
  expect(canaries.find(bytes)).toBeUndefined()
  for (const at of [0, bytes.length - value.length]) {
    const leaking = Buffer.from(bytes)
    leaking.write(value, at)
    expect(canaries.find(leaking)).toBe(name)
  }
})
