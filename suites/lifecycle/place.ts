import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import { defineCase } from '../kernel/case.ts'
import { isLoopback, listeningAddresses } from '../../host/launch/listening-addresses.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { judgeTogether } from './circumstances.ts'
import { rules } from './start-rules.ts'
import { unwritableFolder } from '../handshake/unwritable-folder.ts'

/** What `PLUGIN_UNIX_SOCKET_GROUP` asks for (LIFE-084). */
const GROUP_MODE = 0o660

const socketFolder = defineCase({
  id: 'lifecycle/socket-folder',
  title:
    'starts the plugin with PLUGIN_UNIX_SOCKET_DIR at an empty folder, PLUGIN_UNIX_SOCKET_GROUP, and a TMPDIR that nobody can write to',
  judges: [
    rules['socket-lies-in-the-named-folder'],
    rules['socket-belongs-to-the-named-group'],
    rules['needs-no-temporary-folder'],
  ],
  process: 'fresh',
  async run(t) {
    const folder = await t.folder()
    const dir = { PLUGIN_UNIX_SOCKET_DIR: folder }
    const gid = process.getgid?.()
    const temporary = await unwritableFolder(t)
    if (gid === undefined) t.rule(rules['socket-belongs-to-the-named-group']).inapplicable('groups of files')
    if (temporary === undefined)
      t.rule(rules['needs-no-temporary-folder']).unverified('a folder that this host can not write to')
    const plugin = await judgeTogether(t, [
      {
        rule: rules['socket-lies-in-the-named-folder'],
        request: { env: dir, oddOnPurpose: true },
        shown: 'with PLUGIN_UNIX_SOCKET_DIR at an empty folder',
      },
      ...(gid === undefined
        ? []
        : [
            {
              rule: rules['socket-belongs-to-the-named-group'],
              request: { env: { ...dir, PLUGIN_UNIX_SOCKET_GROUP: `${gid}` }, oddOnPurpose: true },
              shown: `with PLUGIN_UNIX_SOCKET_GROUP=${gid}`,
            } as const,
          ]),
      ...(temporary === undefined
        ? []
        : [
            {
              rule: rules['needs-no-temporary-folder'],
              request: { env: { ...dir, TMPDIR: temporary, TMP: temporary, TEMP: temporary } },
              shown: 'with a TMPDIR that nobody can write to',
            } as const,
          ]),
    ])
    const address = plugin?.address
    if (address === undefined) return
    if (address.kind === 'tcp' || isAbstract(address.path)) {
      const place = address.kind === 'tcp' ? 'on TCP' : 'on an abstract one'
      for (const name of ['socket-lies-in-the-named-folder', 'socket-belongs-to-the-named-group'] as const)
        t.rule(rules[name]).inapplicable(`a unix socket with a file: this plugin listens ${place}`)
      return
    }
    await judgeFolder(t, address.path, folder)
    if (gid !== undefined) await judgeGroup(t, address.path, gid)
  },
})

async function judgeFolder(t: FreshContext, path: string, folder: string): Promise<void> {
  const lies = await realpath(dirname(path)).catch(() => dirname(path))
  if (lies !== (await realpath(folder)))
    t.rule(rules['socket-lies-in-the-named-folder']).broken(`a socket in ${folder}`, `a socket at ${path}`)
}

async function judgeGroup(t: FreshContext, path: string, gid: number): Promise<void> {
  const rule = t.rule(rules['socket-belongs-to-the-named-group'])
  const found = await stat(path).catch(() => undefined)
  // An abstract socket is no file.
  if (found === undefined) return rule.unverified(`a socket that can be looked at, unlike ${path}`)
  const shown = (mode: number, group: number): string => `mode ${octal(mode)} and group ${group}`
  if ((found.mode & PERMISSIONS) !== GROUP_MODE || found.gid !== gid)
    rule.broken(shown(GROUP_MODE, gid), `${shown(found.mode & PERMISSIONS, found.gid)} of ${path}`)
}

/** The part of a mode that says who may do what. */
const PERMISSIONS = 0o777

function octal(mode: number): string {
  return `0${mode.toString(8)}`
}

const loopback = defineCase({
  id: 'lifecycle/listening-address',
  title: 'looks at which addresses the announced port is listened on',
  judges: [rules['listens-on-loopback-only']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['listens-on-loopback-only'])
    const { address } = t.plugin
    if (address.kind === 'unix') return rule.upheld()
    const expected = '127.0.0.1, ::1 or a unix socket'
    const all = await listeningAddresses(address.port)
    const open = all.find((host) => !isLoopback(host))
    if (open !== undefined) return rule.broken(expected, `it listens on ${open}, port ${address.port}`)
    // Where the system does not tell who listens, the announced host has to do; a name is not looked up again.
    if (all.length === 0 && !isLoopback(address.host))
      return rule.broken(expected, `it announces ${address.host === '' ? 'an empty host' : address.host}`)
    return rule.upheld()
  },
})

/** Where the plugin listens. */
export const place = [socketFolder, loopback]

/** A name that begins with @ is no file (LIFE-086). */
function isAbstract(path: string): boolean {
  return path.startsWith('@')
}
