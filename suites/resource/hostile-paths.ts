import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { joinedBody, resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** Code of a method that a plugin does not offer (ERR-001). */
const UNIMPLEMENTED = 12

/** More steps up than any working directory is deep. */
const UP = 24

/** How a file of every Unix begins, so that a plugin that runs elsewhere than this host is found out too. */
const PASSWD = /^root:[^:\n]*:0:0:/m

/** Asks for files of the server in all the spellings that Grafana passes on (RES-103). */
export const hostilePaths = defineCase({
  id: 'resource/hostile-paths',
  title: 'asks for files of the server with .., encoded slashes, backslashes, NUL and 8 KiB of path',
  judges: [rules['paths-are-untrusted']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['paths-are-untrusted'])
    const file = join(await t.folder(), 'canary.txt')
    const canary = `conformance canary ${t.random()}`
    await writeFile(file, canary)
    const plugin = await t.up()
    let answered = 0
    for (const path of [...spellings(file, t), 'conformance-no-such-resource']) {
      const result = await plugin.resource.callResource(resourceCall(t, { method: 'GET', path })).all()
      if (result.kind === 'died')
        return rule.broken('a plugin that lives on', `${describeResult(result)} at ${shorten(path)}`)
      // Any refusal will do, a gRPC error included; whether it has the right form is judged with plain paths (RES-212).
      if (result.kind === 'failed' && result.code !== UNIMPLEMENTED) continue
      const body = joinedBody(t.answered(result)).toString('latin1')
      answered += 1
      if (body.includes(canary) || PASSWD.test(body))
        return rule.broken('no content of a file', `the file's content at ${shorten(path)}`)
    }
    if (answered > 0) return rule.upheld()
    return rule.unverified('settings with which resource calls are answered; add them to conformance.yaml')
  },
})

/** What a client would write after `resources/`, percent-encoded. */
function spellings(file: string, { samples }: CaseContext): readonly string[] {
  const inside = file.replaceAll('\\', '/').replace(/^\/+/, '')
  const up = '../'.repeat(UP)
  const folders = samples.resources.map(({ path }) => path.split(/[/?]/)[0] ?? '')
  return [
    ...[...new Set(['', ...folders])].flatMap((folder) => [
      joined(folder, up + inside),
      joined(folder, `${up}etc/passwd`),
    ]),
    `/${inside}`,
    encodeURIComponent(up + inside),
    `${'..%5C'.repeat(UP)}${inside.replaceAll('/', '%5C')}`,
    `${'%252e%252e%252f'.repeat(UP)}${inside.replaceAll('/', '%252f')}`,
    `${up}${inside}%00.json`,
    'file:///etc/passwd',
    '%2e%2e/x',
    'a//b',
    'a%00b',
    'a%5Cb',
    'x'.repeat(8192),
  ]
}

function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

function shorten(path: string): string {
  return path.length > 48 ? `${path.slice(0, 44)}… (${path.length} characters)` : path
}
