import { readMetadata } from './read-metadata.ts'
import { readSample } from './read-sample.ts'
import type { TextLine } from './text-line.ts'

/** Reads one line of the text format, without its line feed. */
export function readTextLine(line: string): TextLine {
  if (/^[ \t]*$/.test(line)) return { kind: 'nothing' }
  return /^[ \t]*#/.test(line) ? readMetadata(line) : readSample(line)
}
