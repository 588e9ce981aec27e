import type { Frame } from '../../host/frames/frame.ts'

/** Members of `meta` that are known only when all rows are, or that are nobody's business but the plugin's. */
const incidental: readonly string[] = ['stats', 'notices', 'custom']

/**
 * A frame as far as two ways to send it have to agree.
 *
 * An empty refId means the key of the answer (DATA-203), no labels, config or metadata means the same as empty ones,
 * and whether a column without nulls is called nullable shows nowhere.
 */
export function comparableFrame(frame: Frame, refId: string): Frame {
  const meta = Object.fromEntries(
    Object.entries(frame.meta ?? {}).filter(([key]) => !incidental.includes(key)),
  )
  return {
    name: frame.name,
    refId: frame.refId === '' ? refId : frame.refId,
    meta,
    fields: frame.fields.map(({ name, type, labels = {}, config = {}, values }) => ({
      name,
      type,
      nullable: true,
      labels,
      config,
      values,
    })),
  }
}
