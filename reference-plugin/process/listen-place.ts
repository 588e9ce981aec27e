import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import type { Env, ListenPlace } from '../behaviour.ts'
import { groupId } from './group-id.ts'

/** The longest path of a unix socket, without the closing NUL, on Linux and on macOS (LIFE-083). */
const MAX_PATH_BYTES = { linux: 107, other: 103 }

/** A unix socket where the host asks for one, otherwise a free TCP port on loopback (LIFE-081 to LIFE-083). */
export function chooseListenPlace(env: Env): ListenPlace {
  const directory = env['PLUGIN_UNIX_SOCKET_DIR']
  if (directory !== undefined && directory !== '') return unixSocketIn(directory, env)
  return { kind: 'tcp', host: '127.0.0.1', port: 0 }
}

/** A new socket in a directory. Throws when its path can't be announced or bound (LIFE-046, LIFE-064). */
export function unixSocketIn(directory: string, env: Env): ListenPlace {
  const path = join(directory, `plugin${randomBytes(6).toString('hex')}`)
  const limit = process.platform === 'linux' ? MAX_PATH_BYTES.linux : MAX_PATH_BYTES.other
  if (Buffer.byteLength(path) > limit) {
    throw new Error(
      `The socket path ${path} is longer than ${limit} bytes; choose a shorter PLUGIN_UNIX_SOCKET_DIR.`,
    )
  }
  if (/[|\r\n]/.test(path)) {
    throw new Error(`The socket path ${path} has a character that the handshake can't carry.`)
  }
  const group = env['PLUGIN_UNIX_SOCKET_GROUP']
  return { kind: 'unix', path, group: group === undefined || group === '' ? null : groupId(group) }
}
