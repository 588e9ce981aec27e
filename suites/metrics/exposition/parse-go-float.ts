const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const INFINITY = /^(?<sign>[+-]?)inf(?:inity)?$/i
const NAN = /^nan$/i

/**
 * Reads a number as Prometheus does; `undefined` where it reports an error.
 *
 * That is Go's `strconv.ParseFloat` without hexadecimal digits and underscores (prometheus/common expfmt/text_parse.go, `parseFloat`):
 * `Inf` and `NaN` in any case, `NaN` without a sign, and no number too large for a float64.
 */
export function parseGoFloat(text: string): number | undefined {
  if (NAN.test(text)) return Number.NaN
  const infinity = INFINITY.exec(text)
  if (infinity !== null) return infinity.groups?.['sign'] === '-' ? -Infinity : Infinity
  if (!DECIMAL.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}
