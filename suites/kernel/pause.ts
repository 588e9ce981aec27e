import type { Address } from '../../host/handshake/handshake.ts'
import { ConformanceError } from '../../host/conformance-error.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { nearest } from '../../host/nearest.ts'
import type { Catalogue } from './catalogue.ts'
import type { Selection } from './filter.ts'

/** A process that stands still so that a debugger can be attached to it. */
export interface PausedAt {
  /** The case, with its variant, that speaks next. */
  readonly tag: string
  /** Undefined when the plugin runs in another process of which only the address is known. */
  readonly pid: number | undefined
  readonly address: Address
}

/** Where a run stands still until somebody lets it go on. */
export interface PauseRequest {
  /** A case, `area/what-is-done`, or one variant of it, `area/what-is-done#variant`. */
  readonly before: string
  /** Resolves when the run may go on. */
  wait(at: PausedAt): Promise<void>
}

/** Whether a case with this tag is the one to pause before. */
export function isPaused(tag: string, pause: PauseRequest | undefined): boolean {
  return pause !== undefined && (tag === pause.before || tag.startsWith(`${pause.before}#`))
}

/** Tells where a plugin can be found and waits. */
export function pauseAt(tag: string, plugin: Plugin, pause: PauseRequest): Promise<void> {
  return pause.wait({ tag, pid: plugin.process?.pid, address: plugin.address })
}

/** Refuses a request for a case that does not exist, is not run, or speaks to nobody. */
export function checkPause(pause: PauseRequest, catalogue: Catalogue, selection: Selection): void {
  const talking = catalogue.cases.filter((one) => one.process === 'shared' || one.process === 'fresh')
  const tags = talking.flatMap((one) => [one.id, ...(one.variants ?? []).map((name) => `${one.id}#${name}`)])
  const { before } = pause
  const [id = ''] = before.split('#')
  if (tags.includes(before)) {
    if (selection.cases.has(id)) return
    throw new ConformanceError(
      'usage',
      `Expected a case that is run to pause before; ${id} is not selected.`,
      {
        hint: `Select it as well: --only ${id}.`,
      },
    )
  }
  if (catalogue.cases.some((one) => one.id === id) && before === id)
    throw new ConformanceError(
      'usage',
      `Expected a case that speaks to a running plugin to pause before; ${id} does not.`,
    )
  const near = nearest(before, tags)
  throw new ConformanceError('usage', `There is no case "${before}" to pause before.`, {
    hint:
      near === undefined
        ? 'See `grafana-plugin-conformance list --json`.'
        : `Did you mean ${near}? See \`grafana-plugin-conformance list --json\`.`,
  })
}
