/** Fits an HTTP/2 trailer even when every character is escaped (ERR-010: under 4 KiB). */
const MAX_CHARACTERS = 400

/** The message of anything thrown as short, valid UTF-8 on one line; the stack trace is left out. */
export function shortText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  // A lone surrogate is no UTF-8; going through bytes replaces it.
  const valid = Buffer.from(text.slice(0, MAX_CHARACTERS)).toString()
  return valid.replaceAll(/\s+/g, ' ')
}
