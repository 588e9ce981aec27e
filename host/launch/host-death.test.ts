import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, it } from 'vitest'

import { groupGone, listGroup } from './process-group.ts'
import { server } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Writes its pid down and has a child of its own. */
const plugin = server('0, "127.0.0.1"', '"1|2|tcp|127.0.0.1:" + port + "|grpc"').replace(
  'const server',
  "require('node:fs').writeFileSync(__dirname + '/pid', String(process.pid))\nrequire('node:child_process').spawn('/bin/sleep', ['60'], { stdio: 'ignore' }).unref()\nconst server",
)

/** Longer than any clearing away takes, in milliseconds. */
const PATIENCE_MS = 5_000

describe('a host that ends without stopping its plugins', () => {
  it.each([
    ['by an exception that nobody catches', "setImmediate(() => { throw new Error('a mistake') })", 1],
    ['by a rejection that nobody handles', "void Promise.reject(new Error('a mistake'))", 1],
    ['by process.exit', 'process.exit(7)', 7],
  ])('%s takes them and their children with it', async (_, end, status) => {
    await using folder = await temporaryFolder({ plugin: { content: plugin, mode: 0o755 } })
    const host = pathToFileURL(resolve('dist/host/index.js')).href
    const program = `import { launch } from '${host}'
await launch('${join(folder.path, 'plugin')}')
${end}`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' })
    const code = await new Promise((settle) => child.once('close', settle))
    expect(code).toBe(status)
    const pid = Number(await readFile(join(folder.path, 'pid'), 'utf8'))
    await groupGone(pid, PATIENCE_MS)
    expect(await listGroup(pid)).toEqual([])
  })
})
