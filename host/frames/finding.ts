/** One fault in the bytes of a frame, tied to the rule of docs/protocol/frames.md that names it. */
export interface FrameFinding {
  /** Id of the rule, for example `FRAME-013`. */
  readonly spec: string
  /** The place: `byte 1024`, `field "time"` or `meta.notices[0].severity`. */
  readonly where: string
  readonly expected: string
  readonly found: string
  /** Set when the document asks for this only as a SHOULD: Grafana accepts the frame and shows the right values. */
  readonly advice?: true
}

/** Collects findings while a frame is read. */
export interface Findings {
  readonly list: readonly FrameFinding[]
  /** True once something was found that makes a Grafana host refuse the frame. */
  readonly refused: boolean
  /** The host refuses the frame for this. */
  refuse(spec: string, where: string, expected: string, found: string): void
  /** The host goes on, and shows something wrong. */
  add(spec: string, where: string, expected: string, found: string): void
  /** The host goes on, and nothing is wrong yet. */
  advise(spec: string, where: string, expected: string, found: string): void
}

/** Findings kept for one rule; the eleventh says nothing new, and a plugin decides how many there could be. */
const KEPT_PER_RULE = 10

/** Starts an empty collection of findings. */
export function collectFindings(): Findings {
  const list: FrameFinding[] = []
  const counts = new Map<string, number>()
  let refused = false
  function keep(finding: FrameFinding): void {
    const count = (counts.get(finding.spec) ?? 0) + 1
    counts.set(finding.spec, count)
    if (count <= KEPT_PER_RULE) list.push(finding)
  }
  return {
    list,
    get refused() {
      return refused
    },
    refuse(spec, where, expected, found) {
      refused = true
      keep({ spec, where, expected, found })
    },
    add(spec, where, expected, found) {
      keep({ spec, where, expected, found })
    },
    advise(spec, where, expected, found) {
      keep({ spec, where, expected, found, advice: true })
    },
  }
}

/** Names a field in a finding: by its name, or by its position when it has none. */
export function fieldPlace(name: string, index: number): string {
  return name === '' ? `field ${index}` : `field ${JSON.stringify(clip(name))}`
}

/** Longest piece of a plugin's text that a finding repeats; one line of a terminal. */
const CLIP_CHARACTERS = 60

/** Shortens a plugin's text so that a finding stays one line. */
export function clip(text: string): string {
  return text.length <= CLIP_CHARACTERS ? text : `${text.slice(0, CLIP_CHARACTERS)}…`
}
