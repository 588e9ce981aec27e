/** Reads an integer as Go's `strconv.Atoi` does: an optional sign and digits, `+1` and `01` included (LIFE-043). */
export function atoi(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}
