/** What one text of a report may take in a file; CI servers refuse files with megabytes in a single attribute. */
const MOST_CHARACTERS = 10_000

/** The text, or its beginning and how much is missing. */
export function shorten(text: string, most: number = MOST_CHARACTERS): string {
  if (text.length <= most) return text
  // A cut between the two halves of a character would leave half of it.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most
  return `${text.slice(0, end)}… (${text.length} characters)`
}

/** One line, without anything that could end it or move a cursor. */
export function oneLine(text: string, most?: number): string {
  return shorten(text, most).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
