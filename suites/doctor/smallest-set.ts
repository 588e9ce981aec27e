/**
 * The few elements that are enough, found by trying fewer and fewer; everything together must be known to be enough.
 *
 * First halves, then quarters and so on are left out (delta debugging, ddmin without complements' complements). After `tries`
 * attempts the smallest set so far is returned. The order says what is believed in most: it is kept as long as possible.
 */
export async function smallestSet(
  all: readonly string[],
  isEnough: (some: readonly string[]) => Promise<boolean>,
  tries: number,
): Promise<readonly string[]> {
  let left = tries
  const enough = async (some: readonly string[]): Promise<boolean> => left-- > 0 && (await isEnough(some))
  for (const one of all.slice(0, FAVOURITES)) if (await enough([one])) return [one]
  let kept = all
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = kept.length - size; from > -size; from -= size) {
      const without = [...kept.slice(0, Math.max(0, from)), ...kept.slice(from + size)]
      if (without.length < kept.length && (await enough(without))) kept = without
    }
  }
  return kept
}

/** How many single elements are tried before the search begins. */
const FAVOURITES = 3
