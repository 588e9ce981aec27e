/** Holds several things together, so that `await using` ends all of them. */
export function allOf<Thing extends AsyncDisposable>(
  things: readonly Thing[],
): AsyncDisposable & { readonly all: readonly Thing[] } {
  return {
    all: things,
    async [Symbol.asyncDispose]() {
      await Promise.all(things.map((thing) => thing[Symbol.asyncDispose]()))
    },
  }
}
