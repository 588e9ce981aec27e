/** More starts than this are not worth a better message. */
const MOST_STARTS = 24

/**
 * Finds a smallest set of variables without which a plugin does not start, by halving.
 *
 * Works for a plugin that starts with all of the names and not without any. Undefined when it is not found in time.
 */
export async function neededVariables(
  names: readonly string[],
  startsWith: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[] | undefined> {
  let starts = 0
  const needed: string[] = []
  let left = names
  while (left.length > 0) {
    // The shortest beginning of what is left that makes it start; its last member is needed.
    let short = 0
    let long = left.length
    while (long - short > 1) {
      if (++starts > MOST_STARTS) return undefined
      const middle = Math.floor((short + long) / 2)
      if (await startsWith([...needed, ...left.slice(0, middle)])) long = middle
      else short = middle
    }
    needed.push(...left.slice(long - 1, long))
    left = left.slice(0, long - 1)
    if (++starts > MOST_STARTS) return undefined
    if (await startsWith(needed)) return needed
  }
  return undefined
}
