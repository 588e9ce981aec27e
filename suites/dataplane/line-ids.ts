import type { Field, Frame } from '../../host/frames/frame.ts'
import { declaring } from './contract.ts'
import { rowsOf } from './fields.ts'

/** The ids of the log lines of a response, by what makes each line that line; lines that look alike are left out. */
export function lineIds(frames: readonly Frame[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const alike = new Set<string>()
  for (const { frame } of declaring(frames, 'log-lines')) {
    const id = called(frame, 'id')
    if (id?.type !== 'string') continue
    for (let row = 0; row < rowsOf(frame); row++) {
      const value = id.values[row]
      if (typeof value !== 'string') continue
      const line = ['timestamp', 'body', 'labels']
        .map((name) => String(called(frame, name)?.values[row] ?? ''))
        .join('\n')
      if (ids.has(line)) alike.add(line)
      ids.set(line, value)
    }
  }
  for (const line of alike) ids.delete(line)
  return ids
}

function called({ fields }: Frame, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}
