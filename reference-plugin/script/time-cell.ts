const RFC_3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/** Nanoseconds since 1970 from a decimal number of them or from RFC 3339 text; undefined if it is neither. */
export function timeCell(value: unknown): bigint | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value !== 'string') return undefined
  if (/^-?\d{1,19}$/.test(value)) return within64Bits(BigInt(value))

  const [, seconds, fraction = '', zone] = RFC_3339.exec(value) ?? []
  if (seconds === undefined || zone === undefined) return undefined
  const ms = Date.parse(`${seconds}${zone}`)
  if (Number.isNaN(ms)) return undefined
  return within64Bits(BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0')))
}

function within64Bits(ns: bigint): bigint | undefined {
  return BigInt.asIntN(64, ns) === ns ? ns : undefined
}
