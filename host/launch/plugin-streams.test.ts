import { once } from 'node:events'
import { PassThrough } from 'node:stream'

import { describe, expect, test } from 'vitest'

import type { PluginProcess } from './plugin-process.ts'
import { readStreams } from './plugin-streams.ts'

function processWith(stdout: PassThrough, stderr: PassThrough): PluginProcess {
  return {
    pid: undefined,
    command: 'test',
    stdout,
    stderr,
    exited: Promise.resolve({ code: 0, signal: null }),
    kill: () => {},
    reap: () => Promise.resolve([]),
    closeStdin: () => {},
  }
}

const options = { name: 'test', sink: () => {}, now: () => 0, goPlugin: '1.7.0' } as const

describe('the pipes of a process', () => {
  test('that ended before anybody could listen count as ended, without a line', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    for (const stream of [stdout, stderr]) {
      stream.resume().end()
      await once(stream, 'close')
    }
    const streams = readStreams(processWith(stdout, stderr), options)
    expect(await streams.firstLine).toBeUndefined()
    await streams.closed
    expect(streams.stdoutEnded).toBe(true)
  })

  test('keep what was written before anybody could listen', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    stdout.end('1|2|tcp|127.0.0.1:1|grpc\n')
    stderr.end('why\n')
    const streams = readStreams(processWith(stdout, stderr), options)
    expect(await streams.firstLine).toMatchObject({ text: '1|2|tcp|127.0.0.1:1|grpc' })
    await streams.closed
    expect(streams.log.map(({ raw }) => raw)).toEqual(['why'])
  })
})
