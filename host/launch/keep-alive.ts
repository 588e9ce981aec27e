import { ConformanceError } from '../conformance-error.ts'
import { KeptPlugin } from './kept-plugin.ts'
import { commonOptions, startFailed, startOnce } from './launch.ts'
import type { LaunchOptions } from './launch.ts'
import type { StartOutcome } from './plugin.ts'
import { resolveSubject } from './resolve-subject.ts'
import type { Subject } from './subject.ts'
import { everyMilliseconds } from './ticker.ts'
import type { Ticker } from './ticker.ts'

/** How `keepAlive` starts and watches a plugin; every default is what the newest Grafana does. */
export interface KeepAliveOptions extends LaunchOptions {
  /** When the watcher looks. Default every `budgets.tick` milliseconds. */
  readonly ticker?: Ticker
}

/**
 * Starts a plugin and keeps it alive as Grafana does: a watcher looks once a second and starts a dead one again (LIFE-150).
 *
 * Every start has a fresh process, environment and handshake, and its own name in events: `<id>-1`, `<id>-2`, … Rejects with
 * `plugin-start-failed` when the first start fails, which nobody tries again (LIFE-063).
 *
 * @example
 * await using kept = await keepAlive('./my-plugin')
 * const called = await kept.call((plugin) => plugin.diagnostics.checkHealth({ pluginContext }))
 */
export async function keepAlive(
  subject: string | Subject,
  options: KeepAliveOptions = {},
): Promise<KeptPlugin> {
  const resolved =
    typeof subject === 'string' ? await resolveSubject(subject, { cwd: process.cwd() }) : subject
  if (resolved.kind === 'attached')
    throw new ConformanceError('usage', 'Expected a plugin to start, found the address of one that runs.', {
      hint: 'Name the plugin folder or its executable; whoever started an attached plugin keeps it alive.',
    })
  const common = commonOptions(resolved, options)
  let starts = 0
  const start = (): Promise<StartOutcome> =>
    startOnce(resolved, options, { ...common, name: `${common.name}-${++starts}` })
  const outcome = await start()
  if (outcome.kind === 'refused') throw startFailed(outcome.fault)
  const ticker = options.ticker ?? everyMilliseconds(common.budgets.tick)
  return new KeptPlugin({ plugin: outcome.plugin, start, ticker })
}
