/** What a rule of the protocol documents asks, and of whom: HOST rules bind Grafana and with it this host, the others a plugin. */
export type SpecLevel = 'must' | 'should' | 'may' | 'host'

/** One numbered rule of docs/protocol. */
export interface SpecRule {
  /** `LIFE-062`. */
  readonly id: string
  readonly level: SpecLevel
  /** `lifecycle.md`. */
  readonly document: string
  /** The heading, or the first words of the rule. */
  readonly title: string
}

/** `#### RES-211 (MUST) Header values are valid text`, in rpc.md. */
const HEADING = /^#### ([A-Z]+-\d+) \((MUST|SHOULD|MAY|HOST)\) (.+)$/gm

/** `**LIFE-093 · MUST (if AutoMTLS)** · Field 6 is ...` and `**JSON-001 · MUST** [host] · The top ...`, in lifecycle.md and frames.md. */
const PARAGRAPH = /^\*\*([A-Z]+-\d+) · (MUST|SHOULD|MAY|HOST)[^*]*\*\*(?: \[[^\]]*\])? · (.+)$/gm

/** The numbered rules of a protocol document, in its order. */
export function readSpecRules(document: string, text: string): readonly SpecRule[] {
  return [...text.matchAll(HEADING), ...text.matchAll(PARAGRAPH)].map(
    ([, id = '', level = '', words = '']) => ({
      id,
      level: level.toLowerCase() as SpecLevel,
      document,
      title: firstSentence(words),
    }),
  )
}

const LONGEST_TITLE = 110

function firstSentence(words: string): string {
  const [sentence = ''] = words.split(/(?<=[^.]\.)\s/)
  return sentence.length <= LONGEST_TITLE
    ? sentence
    : `${sentence.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')} …`
}
