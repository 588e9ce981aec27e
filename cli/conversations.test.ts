import { expect, test } from 'vitest'

import { exitRecord } from '../host/logs/exit-record.ts'
import type { HostEvent } from '../host/events.ts'
import { Conversations } from './conversations.ts'

function line(number: number, tag?: string): HostEvent {
  const base = { origin: 'plugin', at: number, process: 'shared-1', tag } as const
  return { ...base, kind: 'stdout', line: '', bytes: 0, number }
}

test('what belongs to no case belongs to its process', () => {
  const conversations = new Conversations()
  for (const event of [line(1), line(2, 'query/x'), line(3)]) conversations.see(event)
  expect(conversations.all.map(({ tag, events }) => [tag, events.length])).toEqual([
    ['process shared-1', 2],
    ['query/x', 1],
  ])
})

test('a flood is kept in part, with its number and with its end', () => {
  const conversations = new Conversations()
  for (let number = 1; number <= 100_000; number += 1) conversations.see(line(number))
  const exit = { code: 1, signal: null }
  conversations.see({
    ...line(0),
    kind: 'exit',
    exit,
    wanted: false,
    record: exitRecord(exit, { command: 'x', pid: 7 }),
  })
  const [one] = conversations.all
  expect(one?.events.length).toBeLessThan(30_000)
  expect(one?.events.at(-1)?.kind).toBe('exit')
  expect((one?.events.length ?? 0) + (one?.more ?? 0)).toBe(100_001)
})
