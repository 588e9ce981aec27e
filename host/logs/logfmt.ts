// What ends a logfmt key or asks for quotes around a value (go-logfmt encode.go, `invalidKeyRune` and `needsQuotedValueRune`).
// oxlint-disable-next-line no-control-regex -- control characters are the point.
const SPECIAL = /[\u0000- ="\ufffd]/u
const ALL_SPECIAL = new RegExp(SPECIAL.source, 'gu')

/** A logfmt key, without what would end it. */
export function keyText(key: string): string {
  return key.replace(ALL_SPECIAL, '')
}

/** A logfmt value, in quotes where it needs them. */
export function quoted(text: string): string {
  if (!SPECIAL.test(text) && text !== 'null') return text
  // oxlint-disable-next-line no-control-regex -- control characters are the point.
  return `"${text.replaceAll(/["\\\u0000-\u001f\ufffd]/gu, escaped)}"`
}

function escaped(character: string): string {
  switch (character) {
    case '"':
    case '\\':
      return `\\${character}`
    case '\n':
      return String.raw`\n`
    case '\r':
      return String.raw`\r`
    case '\t':
      return String.raw`\t`
    default:
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  }
}
