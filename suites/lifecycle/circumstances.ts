import type { Plugin } from '../../host/launch/plugin.ts'
import type { FreshContext, StartRequest } from '../kernel/case-context.ts'
import type { Rule } from '../kernel/rule.ts'
import { faultOfServing, faultOfStart } from './still-serves.ts'

/** Something about a start that must not matter, and the rule that says so. */
export interface Circumstance {
  readonly rule: Rule
  readonly request: StartRequest
  /** Continues "a start and an answer". */
  readonly shown: string
  /** Looks for what exactly the plugin can't do with; its words go in front of the fault. */
  readonly investigate?: (t: FreshContext) => Promise<string | undefined>
}

/**
 * Starts the plugin under all circumstances at once and concludes for each whether it serves there as it does otherwise.
 *
 * Only when it does not, it is started under each alone, which names the one that matters. A plugin that fails without any
 * of them as well proves nothing about them, so a failure is compared with an ordinary start. Returns the plugin that
 * serves under all of them, if it does.
 */
export async function judgeTogether(
  t: FreshContext,
  circumstances: readonly Circumstance[],
): Promise<Plugin | undefined> {
  const together = await t.start(circumstances.map((one) => one.request).reduce(combined, {}))
  const fault = await faultOfStart(t, together)
  if (fault === undefined && together.kind === 'up') {
    for (const { rule } of circumstances) t.rule(rule).upheld()
    return together.plugin
  }
  const control = await faultOfServing(t, await t.up())
  if (control !== undefined) {
    for (const { rule } of circumstances)
      t.rule(rule).unverified(`a plugin that serves otherwise (${control})`)
    return undefined
  }
  const faults = circumstances.length === 1 ? [fault] : await separate(t, circumstances)
  const harmless = faults.every((one) => one === undefined)
  for (const [index, { rule, shown, investigate }] of circumstances.entries()) {
    const own = faults[index]
    if (harmless)
      t.rule(rule).unverified(`a plugin that serves under several circumstances as under each (${fault})`)
    else if (own === undefined) t.rule(rule).upheld()
    else {
      const culprit = await investigate?.(t)
      t.rule(rule).broken(
        `a start and an answer ${shown}`,
        culprit === undefined ? own : `${culprit}: ${own}`,
      )
    }
  }
  return undefined
}

async function separate(
  t: FreshContext,
  circumstances: readonly Circumstance[],
): Promise<ReadonlyArray<string | undefined>> {
  const faults: Array<string | undefined> = []
  for (const { request } of circumstances) faults.push(await faultOfStart(t, await t.start(request)))
  return faults
}

function combined(one: StartRequest, other: StartRequest): StartRequest {
  return { ...one, ...other, env: { ...one.env, ...other.env } }
}
