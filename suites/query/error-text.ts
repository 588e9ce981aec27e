/** Longest error that a person reads in a panel; the harness' choice, the same as for gRPC messages (ERR-010). */
export const LONGEST_ERROR_BYTES = 4096

/** What stack traces look like, by the runtime that prints them. */
const traces: ReadonlyArray<readonly [runtime: string, pattern: RegExp]> = [
  ['Go', /^goroutine \d+ \[/m],
  ['Python', /^Traceback \(most recent call last\):/m],
  ['Rust', /^stack backtrace:/m],
  ['Java or .NET', /^\s+at [\w$.<>`]+\([^)\n]*\)( in .+:line \d+)?\s*$/m],
  ['JavaScript', /^\s+at .+:\d+:\d+\)?\s*$/m],
]

/** Why an error text is no use to the person who sees it in a panel, or undefined (DATA-303). */
export function errorTextFault(text: string): string | undefined {
  const bytes = Buffer.byteLength(text)
  if (bytes > LONGEST_ERROR_BYTES) return `${bytes} bytes of error text`
  const trace = traces.find(([, pattern]) => pattern.test(text))
  return trace === undefined ? undefined : `a stack trace (${trace[0]}) in the error text`
}
