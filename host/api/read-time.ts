const MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Shapes of an ISO time that Go's parser takes for one. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/**
 * Reads `from` or `to` of a query request: milliseconds, `now`, `now-1h`, or an ISO time; anything else is 0 (DATA-104).
 *
 * Months, years and rounding such as `now/d` depend on the user's time zone and are not imitated.
 */
export function readTime(text: string, now: number): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text)
  if (text === 'now') return BigInt(now)
  const [, sign, amount = '0', unit = ''] = /^now([-+])(\d+)([smhdw])$/.exec(text) ?? []
  if (sign !== undefined) {
    const distance = Number(amount) * (MS[unit] ?? 0)
    return BigInt(sign === '-' ? now - distance : now + distance)
  }
  const parsed = ISO.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(parsed) ? 0n : BigInt(parsed)
}
