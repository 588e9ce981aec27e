import { neededVariables } from '../../host/launch/needed-variables.ts'
import type { FreshContext } from '../kernel/case-context.ts'

/**
 * Which variables a plugin can't start without, for the message: `it needs HOME and PATH, which Grafana does not hand down since 12.4`.
 *
 * Names alone, because values may be secrets; undefined when halving does not find them (failure story 11).
 */
export async function missingVariables(t: FreshContext): Promise<string | undefined> {
  const ordinary = t.environment()
  const bare = t.environment('bare')
  const names = Object.keys(ordinary).filter((name) => !(name in bare))
  const needed = await neededVariables(names, async (some) => {
    const env = Object.fromEntries(some.map((name) => [name, ordinary[name]]))
    const outcome = await t.start({ environment: 'bare', env, oddOnPurpose: true })
    return outcome.kind === 'up'
  })
  if (needed === undefined) return undefined
  t.note('needed variables', needed.join(', '))
  t.note('only in a start as usual', names.join(', '))
  const lost = needed.filter((name) => !name.startsWith('GF_'))
  const since = lost.length === needed.length ? ', which Grafana does not hand down since 12.4' : ''
  return `it needs ${needed.join(' and ')}${since}`
}
