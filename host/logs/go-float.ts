/** Writes a number as Go's `%v` writes a float64: shortest digits, with an exponent below 1e-4 and from 1e+06 on. */
export function goFloat(value: number): string {
  if (Object.is(value, -0)) return '-0'
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value)
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`
}
