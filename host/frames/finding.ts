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

/** Starts an empty collection of findings. */
export function collectFindings(): Findings {
  const list: FrameFinding[] = []
  let refused = false
  return {
    list,
    get refused() {
      return refused
    },
    refuse(spec, where, expected, found) {
      refused = true
      list.push({ spec, where, expected, found })
    },
    add(spec, where, expected, found) {
      list.push({ spec, where, expected, found })
    },
    advise(spec, where, expected, found) {
      list.push({ spec, where, expected, found, advice: true })
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
