const MIB = 1024 * 1024

/** The limit is looked for this closely. */
const CLOSE_BYTES = 64 * 1024

/** What gRPC libraries take when nobody tells them otherwise, and what the Go SDK tells its own (LIFE-077). */
const COMMON: ReadonlyMap<number, string> = new Map([
  [4 * MIB, "4 MiB, gRPC's default"],
  [8 * MIB, '8 MiB'],
  [16 * MIB, '16 MiB'],
])

/**
 * Finds the largest size between 0 and `tooLarge` that works, to within 64 KiB; undefined when not even a small one does.
 *
 * Common limits are tried first, so that most searches end after two attempts.
 */
export async function findLargest(
  tooLarge: number,
  works: (bytes: number) => Promise<boolean>,
): Promise<number | undefined> {
  let fits = CLOSE_BYTES
  if (!(await works(fits))) return undefined
  let fails = tooLarge
  const guesses = [...COMMON.keys()].flatMap((limit) => [limit - CLOSE_BYTES, limit])
  while (fails - fits > CLOSE_BYTES) {
    const guess = guesses.find((bytes) => bytes > fits && bytes < fails) ?? Math.round((fits + fails) / 2)
    if (await works(guess)) fits = guess
    else fails = guess
  }
  return fits
}

/** `4 MiB, gRPC's default` or `1.5 MiB`, for a size that `findLargest` found. */
export function describeLimit(bytes: number): string {
  for (const [limit, name] of COMMON) if (bytes <= limit && limit - bytes <= CLOSE_BYTES) return name
  return `about ${Math.round((bytes / MIB) * 10) / 10} MiB`
}
