import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { StartFault } from '../../host/launch/start-fault.ts'
import { describeExit } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { unwritableFolder } from './unwritable-folder.ts'
import { describeStart } from './describe-start.ts'
import { rules } from './rules.ts'

/** Values that are not the cookie: it is compared exactly (LIFE-031). */
const cookies: Readonly<Record<string, string | undefined>> = {
  missing: undefined,
  'upper-case': 'Datasource',
  empty: '',
}

const cookie = defineCase({
  id: 'handshake/without-the-cookie',
  title: 'starts the plugin as a person would by mistake: without the magic cookie, or with a wrong one',
  judges: [rules['refuses-without-the-cookie']],
  process: 'fresh',
  variants: Object.keys(cookies),
  async run(t) {
    const rule = t.rule(rules['refuses-without-the-cookie'])
    const expected = 'exit status 1, nothing on stdout, a hint on stderr'
    const outcome = await t.start({
      env: { grafana_plugin_type: cookies[t.variant] },
      oddOnPurpose: true,
      budgets: { handshake: t.budgets.refuse },
    })
    if (outcome.kind === 'up') return rule.broken(expected, 'it serves anyway')
    const { fault } = outcome
    if (fault.class === 'timeout')
      return rule.broken(expected, `it neither serves nor ends within ${t.budgets.refuse} ms`)
    if (fault.firstLine !== undefined) return rule.broken(expected, `"${fault.firstLine}" on stdout`)
    if (fault.exit === undefined) return rule.broken(expected, 'it closes stdout and runs on')
    if (fault.exit.code !== 1) return rule.broken(expected, describeExit(fault.exit))
    if (fault.stderr.length === 0) return rule.broken(expected, 'exit status 1 without a word')
    return rule.upheld()
  },
})

/** How long a plugin that can't start may take to say so, as a multiple of `budgets.refuse` (LIFE-064: 10 s). */
const REFUSALS = 2

/** Folders in which no socket can be: as one of them is named, or as that for temporary files (LIFE-064, LIFE-083). */
const impossible: Readonly<
  Record<string, (t: FreshContext) => Promise<Readonly<Record<string, string | undefined>> | undefined>>
> = {
  missing: async (t) => ({ PLUGIN_UNIX_SOCKET_DIR: join(await t.folder(), 'missing') }),
  async 'regular-file'(t) {
    const place = join(await t.folder(), 'file')
    await writeFile(place, '')
    return { PLUGIN_UNIX_SOCKET_DIR: place }
  },
  'too-long': async (t) => ({ PLUGIN_UNIX_SOCKET_DIR: await longFolder(t) }),
  'temporary-too-long': async (t) => ({
    PLUGIN_UNIX_SOCKET_DIR: undefined,
    TMPDIR: await longFolder(t),
  }),
  async 'temporary-unwritable'(t) {
    const folder = await unwritableFolder(t)
    return folder === undefined ? undefined : { PLUGIN_UNIX_SOCKET_DIR: undefined, TMPDIR: folder }
  },
}

/** No path of a unix socket may have more bytes, its closing zero included (LIFE-083: 108 on Linux, 104 on macOS). */
const SOCKET_PATH_BYTES = 108

/** A folder that exists and can be written, but whose path leaves no room for the name of a socket. */
async function longFolder(t: FreshContext): Promise<string> {
  const folder = join(await t.folder(), 'x'.repeat(SOCKET_PATH_BYTES))
  await mkdir(folder)
  return folder
}

const socketFolder = defineCase({
  id: 'handshake/impossible-socket-folder',
  title: 'starts the plugin with a folder for its socket in which no socket can be',
  judges: [rules['failure-is-explained']],
  process: 'fresh',
  variants: Object.keys(impossible),
  async run(t) {
    const rule = t.rule(rules['failure-is-explained'])
    const env = await impossible[t.variant]?.(t)
    if (env === undefined) return rule.unverified('a folder that this host can not write to')
    const patience = REFUSALS * t.budgets.refuse
    const outcome = await t.start({ env, budgets: { handshake: patience } })
    if (outcome.kind === 'up')
      return rule.unverified('a plugin that listens on a unix socket: this one serves without the folder')
    const silence = unexplained(outcome.fault, patience)
    if (silence === undefined) return rule.upheld()
    // A plugin that never starts says nothing about this folder.
    await t.up()
    t.note('start', describeStart(outcome))
    return rule.broken('an exit with the reason on stderr and nothing on stdout', silence)
  },
})

/** What a failed start lacks, or undefined when it was a good one. */
function unexplained(fault: StartFault, patience: number): string | undefined {
  if (fault.class === 'timeout') return `neither a handshake nor an exit within ${patience} ms`
  if (fault.firstLine !== undefined && fault.firstLine !== '') return `"${fault.firstLine}" on stdout`
  if (fault.exit === undefined) return 'stdout closed, and the process runs on'
  return fault.stderr.length === 0 ? `${describeExit(fault.exit)} without a word on stderr` : undefined
}

/** Starts that have to fail well. */
export const refusing = [cookie, socketFolder]
