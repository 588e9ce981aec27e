import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { grafanaOffer, parseHandshake } from './parse-handshake.ts'

/** A start that a real Grafana tried, as far as it is compared here (fixtures/recordings/README.md). */
interface Recorded {
  readonly id: string
  readonly http: { readonly response: readonly { readonly status: number }[] }
  readonly observed: {
    readonly script: string
    readonly log: readonly string[]
    readonly serverDead?: boolean
  }
}

const servers = [
  { version: '10.4.3', goPlugin: '1.6.0' },
  { version: '12.4.0', goPlugin: '1.7.0' },
] as const

/** Scripts that print a line; of the others no line can be parsed. */
const printed = /^(?:echo|printf)(?: '(?<line>[^']*)')?$/m

describe.each(servers)('Grafana $version', ({ version, goPlugin }) => {
  const file = new URL(`../../fixtures/recordings/grafana-${version}/h-faults.json`, import.meta.url)
  const recorded = (JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[]).flatMap((record) => {
    // Its first line comes from elsewhere; host/launch is tested with such a line.
    if (record.id === 'h-handshake-longline') return []
    const match = printed.exec(record.observed.script.replaceAll(/ >&2$/gm, ' to stderr'))
    return match === null ? [] : [{ ...record, line: match.groups?.['line'] ?? '' }]
  })

  it('was recorded with many lines', () => {
    expect(recorded.length).toBeGreaterThan(15)
  })

  it.each(recorded.map((record) => [record.id, record.line, record] as const))(
    'makes of %s the same as the parser, word for word: %j (LIFE-065)',
    (_, line, { observed, http }) => {
      const result = parseHandshake(line, grafanaOffer, goPlugin)
      const logged = startError(observed.log)
      if (logged !== undefined) {
        expect(result.kind === 'refused' && result.error, line).toBe(withoutHint(logged))
        return
      }
      // A host name is only resolved when it is dialled.
      if (line.includes('no-such-host')) return expect(result.kind).toBe('accepted')
      if (observed.serverDead === true) return expect(result).toMatchObject({ blast: 'server' })
      // Newer servers lack a plugin that did not start, and both keep one that starts and can't be reached.
      const missing = http.response[0]?.status === 404
      expect(result.kind === 'refused' && result.class !== 'unreachable').toBe(missing)
      return undefined
    },
  )
})

/** For a line that it can't read at all go-plugin adds notes about the file, which are not the parser's to make (LIFE-066). */
function withoutHint(error: string): string {
  return error.replace(/(?:\nFailed to read any lines from plugin's stdout)?\nThis usually means\n.*$/s, '')
}

/** The reason that the server logged for a plugin that did not start. */
function startError(log: readonly string[]): string | undefined {
  const line = log.find((one) => /msg="Could not (?:start plugin|initialize plugin)/.test(one))
  const quoted = line === undefined ? undefined : / error=(?<text>"(?:[^"\\]|\\.)*")/.exec(line)
  const text = quoted?.groups?.['text']
  // logfmt quotes as JSON does.
  return text === undefined ? undefined : (JSON.parse(text) as string)
}
