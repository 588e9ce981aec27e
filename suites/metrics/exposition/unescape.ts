/** Text with its escapes resolved, or the offset of a backslash that escapes nothing. */
export type Unescaped =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bad-escape'; readonly offset: number }

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ['n', '\n'],
])

/** Resolves `\\`, `\"` and `\n`, the only escapes of help texts and label values (prometheus/common expfmt/text_parse.go). */
export function unescapeText(escaped: string): Unescaped {
  const bad = /^[^\\]*(?:\\[\\"n][^\\]*)*/.exec(escaped)?.[0].length ?? 0
  if (bad < escaped.length) return { kind: 'bad-escape', offset: bad }
  const text = escaped.replaceAll(/\\(.)/gu, (_escape, letter: string) => MEANINGS.get(letter) ?? letter)
  return { kind: 'text', text }
}
