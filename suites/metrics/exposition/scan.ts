/** Matches a metric name at `lastIndex`. */
export const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y

/** Takes what a sticky expression matches at an offset. */
export function matchAt(expression: RegExp, line: string, offset: number): string | undefined {
  expression.lastIndex = offset
  return expression.exec(line)?.[0]
}

/** Finds the next offset that holds neither a blank nor a tab. */
export function skipBlanks(line: string, offset: number): number {
  return offset + (matchAt(/[ \t]*/y, line, offset)?.length ?? 0)
}

/** Shows the character at an offset in a message. */
export function characterAt(line: string, offset: number): string {
  const code = line.codePointAt(offset)
  if (code === undefined) return 'the end of the line'
  return code === 0x0d ? 'a carriage return' : JSON.stringify(String.fromCodePoint(code))
}
