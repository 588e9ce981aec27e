import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, test } from 'vitest'

import { defaultBudgets } from '../budgets.ts'
import type { HostEvent } from '../events.ts'
import { grpcScript } from './grpc-script.ts'
import { startScript } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'

const command = promisify(execFile)

/** One line of hclog JSON with its line feed, and as many as make 100 MB. */
const LINE_BYTES = 1_000
const LINES = 100_000

/** It takes a second or two; whoever waits for a pipe that nobody reads waits for ever. */
const PATIENCE_MS = 150_000
const budgets = { ...defaultBudgets, handshake: PATIENCE_MS }

/** Writes the flood to a descriptor, waiting where the pipe is full, as a plugin with blocking logs does. */
const flood = (descriptor: 1 | 2): string => `
  const fs = require('node:fs')
  const head = '{"@level":"debug","@message":"'
  const line = head + 'x'.repeat(${LINE_BYTES} - head.length - 3) + '"}\\n'
  const some = Buffer.from(line.repeat(50))
  for (let lines = 0; lines < ${LINES}; lines += 50)
    for (let at = 0; at < some.length;) {
      try { at += fs.writeSync(${descriptor}, some, at) }
      catch (error) { if (error.code !== 'EAGAIN') throw error }
    }
`

/** Counts, because whoever keeps every event keeps the flood. */
function counting(kind: HostEvent['kind']): { readonly sink: (event: HostEvent) => void; count: number } {
  const counter = {
    count: 0,
    sink(event: HostEvent) {
      if (event.kind === kind) counter.count += 1
    },
  }
  return counter
}

/** Answers CheckHealth once it has written everything. */
const chatty = grpcScript(`
  if (!path.includes('CheckHealth')) return grpc.refuse(stream, 12)
  ${flood(2)}
  grpc.begin(stream)
  stream.write(grpc.message(Buffer.alloc(0)))
  grpc.end(stream)`)

/** The heap of a host that ends in an error when it keeps the flood: as text and as messages it has twice as many megabytes. */
const HEAP_MB = 96

describe('a plugin that writes 100 MB', { timeout: 2 * PATIENCE_MS }, () => {
  test('to stderr does not exhaust a host with little memory (LIFE-120)', async () => {
    await using folder = await temporaryFolder({ plugin: { content: chatty, mode: 0o755 } })
    const host = `
      const { launch } = await import(${JSON.stringify(new URL('../../dist/host/index.js', import.meta.url).href)})
      const plugin = await launch(${JSON.stringify(path.join(folder.path, 'plugin'))})
      const { kind } = await plugin.diagnostics.checkHealth({}, { budgetMs: ${PATIENCE_MS} })
      console.log(kind)
      await plugin.stop()`
    const limit = `--max-old-space-size=${HEAP_MB}`
    const { stdout } = await command(process.execPath, [limit, '--input-type=module', '-e', host])
    expect(stdout.trim()).toBe('answered')
  })

  test('to stderr in a handler is read to the last line, answers, and only the end is kept (LIFE-120)', async () => {
    const logs = counting('log')
    await using start = await startScript(chatty, { sink: logs.sink, budgets })
    const plugin = start.up()
    expect((await plugin.diagnostics.checkHealth({}, { budgetMs: PATIENCE_MS })).kind).toBe('answered')
    await expect.poll(() => logs.count, { timeout: 100_000 }).toBe(LINES)
    const { log } = plugin.output
    const kept = log.reduce((sum, record) => sum + record.raw.length, 0)
    expect(kept).toBeLessThan(16 * 1024 * 1024)
    expect(kept).toBeGreaterThan(1024 * 1024)
    expect(log.at(-1)).toMatchObject({ form: 'hclog', level: 'debug' })
  })

  test('to stderr before the handshake comes up all the same (LIFE-120)', async () => {
    const logs = counting('log')
    await using start = await startScript(grpcScript('grpc.refuse(stream, 12)', flood(2)), {
      sink: logs.sink,
      budgets,
    })
    expect(start.outcome.kind).toBe('up')
    await expect.poll(() => logs.count, { timeout: 100_000 }).toBe(LINES)
  })

  test('to stdout after the handshake goes on answering (LIFE-121)', async () => {
    const lines = counting('stdout')
    const script = grpcScript(`
      if (!path.includes('CheckHealth')) return grpc.refuse(stream, 12)
      ${flood(1)}
      grpc.refuse(stream, 12)`)
    await using start = await startScript(script, { sink: lines.sink, budgets })
    const plugin = start.up()
    expect((await plugin.diagnostics.checkHealth({}, { budgetMs: PATIENCE_MS })).kind).toBe('failed')
    await expect.poll(() => lines.count, { timeout: 100_000 }).toBe(LINES + 1)
    const { stdout } = plugin.output
    expect(stdout[0]?.text).toBe(plugin.handshake?.line)
    expect(stdout.reduce((sum, line) => sum + line.bytes, 0)).toBeLessThan(5 * 1024 * 1024)
  })
})
