import type { Frame } from '../../host/frames/frame.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { askOne } from '../query/ask-one.ts'
import { readFrames } from '../query/read-frames.ts'
import { sampleQuery } from '../query/sample-query.ts'
import { scriptOf } from './scripted/script-of.ts'

/** An answer that could be read. */
interface FoundFrames {
  /** What the author calls the query; empty for a query that says nothing. */
  readonly name: string
  readonly frames: readonly Frame[]
}

/** The answers to the queries of which most is known: scripted ones, else all samples, else one that says nothing. */
export async function askForFrames(
  t: SharedContext,
  scripted: readonly Frame[],
): Promise<readonly FoundFrames[]> {
  const samples = t.samples.queries.filter(({ expect }) => expect === 'data')
  const asked = [
    ...(t.contract === 'scripted' && scripted.length > 0
      ? [{ name: 'scripted', query: t.query({ model: scriptOf(scripted) }) }]
      : []),
    ...samples.map((sample) => ({ name: sample.name, query: sampleQuery(t, sample) })),
    ...(samples.length === 0 ? [{ name: '', query: t.query() }] : []),
  ]
  const found: FoundFrames[] = []
  for (const { name, query } of asked) {
    const outcome = await askOne(t, t.plugin, query)
    const frames = outcome.kind === 'succeeded' ? readFrames(outcome.response) : undefined
    if (frames !== undefined) found.push({ name, frames })
  }
  return found
}
