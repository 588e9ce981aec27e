import { once } from 'node:events'

import { expect, test } from 'vitest'

import { Resource, Stream } from '../proto/gen/grafana/backend_pb.js'
import { reference } from './reference.ts'
import { startInProcess } from './in-process.ts'
import { MINIMAL_ENV, startReference } from './testing/start-reference.ts'

/** Sockets, servers and timers that keep this process busy. */
function resources(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe|Timeout)/.test(name))
}

test('a killed copy leaves no socket, no server and no timer behind', async () => {
  const before = resources().sort()
  {
    await using started = await startReference()
    const { client } = started
    const tick = client.stream(Stream.method.runStream, { path: 'tick/10' }).on('error', () => {})
    const slow = client.stream(Resource.method.callResource, { path: 'conformance/chunks/9/9000' })
    slow.on('error', () => {})
    await Promise.all([once(tick, 'data'), once(slow, 'data')])
    expect(resources().length).toBeGreaterThan(before.length)
  }
  await expect.poll(() => resources().sort()).toEqual(before)
})

test('a signal that nobody handles kills, as it does a process', async () => {
  const plugin = startInProcess(reference, { env: {} })
  expect(await plugin.exited).toEqual({ code: 1, signal: null })
  plugin.kill('SIGTERM')
  expect(await plugin.exited).toEqual({ code: 1, signal: null })
})

test('a behaviour that leaves the process takes everything with it', async () => {
  const plugin = startInProcess(
    { ...reference, process: { ...reference.process, afterHandshake: ({ world }) => world.exit(7) } },
    { env: MINIMAL_ENV },
  )
  expect(await plugin.exited).toEqual({ code: 7, signal: null })
})

test('a start that throws is explained and ends the copy', async () => {
  const plugin = startInProcess(
    {
      ...reference,
      process: {
        ...reference.process,
        async beforeHandshake() {
          throw new Error('no licence')
        },
      },
    },
    { env: MINIMAL_ENV },
  )
  expect(await plugin.exited).toEqual({ code: 1, signal: null })
  const lines = (await plugin.stderr.setEncoding('utf8').toArray()).join('')
  expect(lines).toContain('no licence')
})
