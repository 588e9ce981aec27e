import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'

import { defineCase } from '../kernel/case.ts'
import { isLoopback, listeningAddresses } from './listening-addresses.ts'
import { rules } from './start-rules.ts'
import { judgeCircumstance } from './still-serves.ts'

const socketFolder = defineCase({
  id: 'lifecycle/socket-folder',
  title: 'starts the plugin with PLUGIN_UNIX_SOCKET_DIR at an empty folder',
  judges: [rules['socket-lies-in-the-named-folder']],
  process: 'fresh',
  async run(t) {
    const rule = rules['socket-lies-in-the-named-folder']
    const folder = await t.folder()
    const plugin = await judgeCircumstance(t, rule, {
      request: { env: { PLUGIN_UNIX_SOCKET_DIR: folder } },
      shown: 'with PLUGIN_UNIX_SOCKET_DIR at an empty folder',
    })
    if (plugin === undefined) return
    const { address } = plugin
    if (address.kind === 'tcp') return t.rule(rule).inapplicable('a unix socket: this plugin listens on TCP')
    const lies = await realpath(dirname(address.path)).catch(() => dirname(address.path))
    if (lies !== (await realpath(folder)))
      t.rule(rule).broken(`a socket in ${folder}`, `a socket at ${address.path}`)
  },
})

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
