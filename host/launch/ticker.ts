/** Calls `look` again and again until the function that it returns is called; `look` resolves when it has done its work. */
export type Ticker = (look: () => Promise<void>) => () => void

/** A clock as Go's ticker: a tick that comes while the last one is still at work is dropped. */
export function everyMilliseconds(ms: number): Ticker {
  return (look) => {
    let working = false
    const timer = setInterval(() => {
      if (working) return
      working = true
      void look().finally(() => {
        working = false
      })
    }, ms)
    return () => clearInterval(timer)
  }
}
