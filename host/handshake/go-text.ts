/** Go's `strings.TrimSpace`, which knows U+0085 and does not know U+FEFF, unlike `String.prototype.trim`. */
export function goTrimSpace(text: string): string {
  return text.replace(
    /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  )
}

/** What Go's `strconv.Atoi` says of a text that is no number. */
export function atoiError(text: string): string {
  return `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`
}

/** Go's `%q`, as far as handshake lines need it. */
export function goQuote(text: string): string {
  return JSON.stringify(text).replaceAll('\u{feff}', String.raw`\ufeff`)
}
