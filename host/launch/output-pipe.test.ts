import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

import { outputPipes } from './output-pipe.ts'

test('a child writes to a real pipe, also by the name /dev/stderr, and its end reaches the reader', async () => {
  const pipes = await outputPipes(2)
  const [out, err] = pipes ?? []
  if (out === undefined || err === undefined) throw new Error('this machine has no mkfifo')
  const child = spawn(
    '/bin/sh',
    ['-c', 'echo to stdout; echo to stderr > /dev/stderr; test -p /dev/stdout && echo pipe'],
    {
      stdio: ['ignore', out.descriptor, err.descriptor],
    },
  )
  await new Promise((resolve) => child.once('spawn', resolve))
  await Promise.all([out.release(), err.release()])
  expect(await Promise.all([text(out.reader), text(err.reader)])).toEqual([
    'to stdout\npipe\n',
    'to stderr\n',
  ])
})

test('megabytes arrive whole', async () => {
  const [pipe] = (await outputPipes(1)) ?? []
  if (pipe === undefined) throw new Error('this machine has no mkfifo')
  const child = spawn('/bin/sh', ['-c', 'head -c 5000000 /dev/zero'], {
    stdio: ['ignore', pipe.descriptor, 'ignore'],
  })
  await new Promise((resolve) => child.once('spawn', resolve))
  await pipe.release()
  let bytes = 0
  for await (const chunk of pipe.reader) bytes += (chunk as Uint8Array).length
  expect(bytes).toBe(5_000_000)
})
