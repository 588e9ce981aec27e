/** The known name that differs from `name` by the fewest edits, for messages that say "did you mean". */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: { readonly name: string; readonly edits: number } | undefined
  for (const candidate of known) {
    const edits = editDistance(name, candidate)
    if (nearest === undefined || edits < nearest.edits) nearest = { name: candidate, edits }
  }
  return nearest?.name
}

/** Levenshtein's distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (const [index, character] of Array.from(left).entries()) {
    const next = [index + 1]
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (right[column - 1] === character ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
