/** A text of the plugin, short enough for one line of a sheet. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

const LONGEST = 120
