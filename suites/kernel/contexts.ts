import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { bareEnvironment, startEnvironment } from '../../host/context/environment.ts'
import type { StartOptions as EnvironmentOptions } from '../../host/context/environment.ts'
import { configuredStart } from '../../host/context/operator.ts'
import { defaultAppUrl, pluginContext } from '../../host/context/plugin-context.ts'
import { dataQuery } from '../../host/context/query-request.ts'
import type { StartOutcome } from '../../host/launch/plugin.ts'
import { inRunnerMode } from '../../host/launch/runner-mode.ts'
import { startPlugin } from '../../host/launch/start-plugin.ts'
import { CaseEnded } from './case-ended.ts'
import type { CaseContext, FreshContext, QueryOptions, StartRequest } from './case-context.ts'
import type { CaseVerdicts } from './case-verdicts.ts'
import { pauseAt } from './pause.ts'
import type { PlanItem } from './plan.ts'
import type { RunOptions } from './run-options.ts'
import type { RunWorld } from './run-world.ts'

/** The uid of the data source that cases speak of unless they say otherwise. */
const DATA_SOURCE_UID = 'conformance'

/** What every case gets. */
export function caseContext(item: PlanItem, verdicts: CaseVerdicts, world: RunWorld): CaseContext {
  const { options, canaries, contract } = world
  const { subject, profile, samples, budgets } = options
  const known = { id: subject.id, version: subject.version, type: subject.type ?? 'datasource' }
  return {
    subject,
    profile,
    contract,
    samples,
    autoMtls: options.autoMtls ?? false,
    variant: item.variant,
    budgets,
    canaries,
    signal: world.signal,
    random: world.random(item.tag),
    rule: (rule) => verdicts.judge(rule),
    note: (label, value) => verdicts.note(label, value),
    context: (changes = {}) =>
      pluginContext(profile, known, {
        ...sampleSettings(world),
        // What the author wrote down wins: a made-up password would make every sample fail.
        secrets: { ...canaries.secrets, ...samples.settings.secureJsonData },
        ...changes,
      }),
    query: (query = {}) => dataQuery(queryOf(query, world, known.id)),
    answered(result) {
      if (result.kind === 'answered') return result.message
      throw CaseEnded.from(result)
    },
  }
}

function sampleSettings({ options: { samples } }: RunWorld): {
  url?: string
  jsonData?: Record<string, never>
} {
  const { url, jsonData } = samples.settings
  // JSON from a file holds JSON values only.
  return {
    ...(url === undefined ? {} : { url }),
    ...(jsonData === undefined ? {} : { jsonData: jsonData as Record<string, never> }),
  }
}

function queryOf(
  query: QueryOptions,
  { options: { samples } }: RunWorld,
  type: string,
): Parameters<typeof dataQuery>[0] {
  const sample = query.model === undefined ? samples.queries.find((one) => one.expect === 'data') : undefined
  const { refId = 'A', model = sample?.model ?? {}, ...rest } = query
  return {
    refId,
    // What a case or a file says about a query is JSON.
    model: model as Record<string, never>,
    datasource: { type, uid: DATA_SOURCE_UID },
    ...(sample?.queryType === undefined ? {} : { queryType: sample.queryType }),
    ...(sample?.from === undefined ? {} : { from: sample.from }),
    ...(sample?.to === undefined ? {} : { to: sample.to }),
    ...rest,
  }
}

/** Adds starts and folders to a context, and remembers what has to be undone. */
export class FreshResources implements AsyncDisposable {
  readonly #item: PlanItem
  readonly #world: RunWorld
  // A case may end while it still waits for some of these.
  readonly #starting: Array<Promise<StartOutcome>> = []
  readonly #folders: Array<Promise<string>> = []
  #starts = 0

  constructor(item: PlanItem, world: RunWorld) {
    this.#item = item
    this.#world = world
  }

  extend(context: CaseContext): FreshContext {
    return {
      ...context,
      start: (request) => this.#start(request),
      up: async (request) => {
        const outcome = await this.#start(request)
        if (outcome.kind === 'up') return outcome.plugin
        throw CaseEnded.fromFault(outcome.fault)
      },
      environment: (kind) => environmentOf(this.#world.options, kind),
      folder: () => {
        const folder = mkdtemp(join(tmpdir(), 'gpc-'))
        this.#folders.push(folder)
        return folder
      },
    }
  }

  async #start(request: StartRequest = {}): Promise<StartOutcome> {
    // Counted at once, because a case may start several at the same time.
    const name = `${this.#item.tag}/${++this.#starts}`
    const starting = startFor(this.#world, name, request)
    this.#starting.push(starting)
    const outcome = await starting
    if (outcome.kind === 'refused') return outcome
    const plugin = outcome.plugin.as(this.#item.tag)
    if (this.#world.pause !== undefined) await pauseAt(this.#item.tag, plugin, this.#world.pause)
    return { kind: 'up', plugin }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#starting.map((starting) => stopStarted(starting)))
    for (const folder of await Promise.allSettled(this.#folders))
      if (folder.status === 'fulfilled') await rm(folder.value, { recursive: true, force: true })
  }
}

async function stopStarted(starting: Promise<StartOutcome>): Promise<void> {
  const [start] = await Promise.allSettled([starting])
  // A start that rejects was told to the case; nothing runs then.
  if (start.status === 'fulfilled' && start.value.kind === 'up') await start.value.plugin.stop()
}

/** What the environment of a start depends on; looked up anew at every start (LIFE-026). */
export function startSettings({ inherited, subject, operator }: RunOptions): EnvironmentOptions {
  return {
    inherited,
    pluginVersion: subject.version,
    appUrl: defaultAppUrl,
    ...configuredStart(operator),
  }
}

function environmentOf(options: RunOptions, kind: StartRequest['environment']): Record<string, string> {
  return kind === 'bare' ? bareEnvironment() : startEnvironment(options.profile, startSettings(options))
}

/** Starts the subject with the environment that the imitated Grafana gives it, changed as requested. */
export async function startFor(
  world: RunWorld,
  name: string,
  request: StartRequest = {},
): Promise<StartOutcome> {
  const { options } = world
  const { subject, profile, operator } = options
  if (subject.spawn === undefined) throw new TypeError(`${subject.command} is attached: it can't be started`)
  const env = Object.entries({ ...environmentOf(options, request.environment), ...request.env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  // A case that names a folder itself means that one.
  const ownFolder = operator?.runnerMode === true && request.env?.['PLUGIN_UNIX_SOCKET_DIR'] === undefined
  const autoMtls = options.autoMtls === true ? 'require' : request.autoMtls
  return startPlugin({
    spawn: ownFolder ? inRunnerMode(subject.spawn) : subject.spawn,
    name,
    env: Object.fromEntries(env),
    budgets: { ...options.budgets, ...request.budgets },
    sink: world.see,
    now: world.now,
    spans: request.spans ?? world.spans,
    goPlugin: profile.goPlugin,
    pluginId: subject.id,
    oddOnPurpose: request.oddOnPurpose ?? false,
    signal: world.signal,
    ...(autoMtls === undefined ? {} : { autoMtls }),
    ...(options.args === undefined ? {} : { args: options.args }),
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    ...(request.stdin === undefined ? {} : { stdin: request.stdin }),
    ...(request.offer === undefined ? {} : { offer: request.offer }),
  })
}
