/** How text for people is to be set. */
export interface TextStyle {
  /** Width to fill, in characters. */
  readonly columns: number
  /** Adds emphasis, never meaning. */
  readonly color: boolean
}

/** Plain text at 80 columns: what files and pipes get. */
export const plainStyle: TextStyle = { columns: 80, color: false }

type Tone = 'good' | 'bad' | 'warning' | 'dim' | 'strong'

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  dim: [2, 22],
  strong: [1, 22],
}

/** Colours a piece of text where colour is wanted. */
export function paint(style: TextStyle, tone: Tone, text: string): string {
  const [on, off] = codes[tone]
  return style.color ? `\u001B[${on}m${text}\u001B[${off}m` : text
}

/** Control characters would move the cursor or colour the terminal of whoever reads a hostile plugin's text. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => {
    const named: Readonly<Record<string, string>> = {
      '\n': String.raw`\n`,
      '\r': String.raw`\r`,
      '\t': String.raw`\t`,
    }
    return named[character] ?? String.raw`\x` + (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')
  })
}

/** Breaks text at blanks so that no line is longer than `width`; at most `most` lines, the last one ending in an ellipsis. */
export function wrap(text: string, width: number, most = Number.POSITIVE_INFINITY): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  lines.push(line)
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  const last = kept.at(-1) ?? ''
  return [...kept.slice(0, -1), `${last.slice(0, Math.max(0, width - 1))}…`]
}

function pieces(word: string, width: number): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < word.length; at += width) found.push(word.slice(at, at + width))
  return found.length === 0 ? [''] : found
}

/** Lines with a label in front of the first and blanks in front of the others. */
export function labelled(
  label: string,
  text: string,
  options: { readonly indent: number; readonly columns: number; readonly most?: number },
): readonly string[] {
  const head = `${' '.repeat(options.indent)}${label}`
  const lines = wrap(printable(text), Math.max(20, options.columns - head.length), options.most)
  return lines.map((line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line)
}
