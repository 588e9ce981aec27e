/** How much of one stream is kept, in bytes: far more than anybody reads, far less than a flood. */
const KEPT_BYTES = 4 * 1024 * 1024

/** What an entry costs besides its text. */
const ENTRY_BYTES = 256

/**
 * The lines of one stream, as far as they fit into a few megabytes: a plugin may print for ever.
 *
 * `oldest` stops keeping when it is full, `newest` forgets from the front; whoever wants all of them listens to the events.
 */
export class Printed<Line> {
  readonly #keep: 'oldest' | 'newest'
  readonly #lines: Line[] = []
  readonly #costs: number[] = []
  #cost = 0
  #count = 0

  constructor(keep: 'oldest' | 'newest') {
    this.#keep = keep
  }

  /** What is kept; the same list at all times. */
  get lines(): readonly Line[] {
    return this.#lines
  }

  /** How many there were, kept or not. */
  get count(): number {
    return this.#count
  }

  add(line: Line, bytes: number): void {
    this.#count += 1
    const cost = bytes + ENTRY_BYTES
    if (this.#keep === 'oldest' && this.#cost + cost > KEPT_BYTES) return
    this.#lines.push(line)
    this.#costs.push(cost)
    this.#cost += cost
    // In large portions, because taking from the front of a list moves all the others.
    if (this.#cost > 2 * KEPT_BYTES) this.#forget()
  }

  #forget(): void {
    let forgotten = 0
    while (this.#cost > KEPT_BYTES) this.#cost -= this.#costs[forgotten++] ?? 0
    this.#lines.splice(0, forgotten)
    this.#costs.splice(0, forgotten)
  }
}
