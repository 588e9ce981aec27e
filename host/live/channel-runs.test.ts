import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { LOOK_MS, MOST_MISSES, idleChannel, nextOfChannel } from './channel-runs.ts'
import type { ChannelEvent, ChannelOrder, ChannelRun } from './channel-runs.ts'

const ann = (at = 0): ChannelEvent<string> => ({ kind: 'subscribed', subscriber: 'ann', at })
const bob = (at = 0): ChannelEvent<string> => ({ kind: 'subscribed', subscriber: 'bob', at })
const left = (subscriber: string): ChannelEvent<string> => ({ kind: 'left', subscriber })
const look: ChannelEvent<string> = { kind: 'look' }

function after(events: readonly ChannelEvent<string>[]): {
  readonly run: ChannelRun<string>
  readonly orders: readonly ChannelOrder<string>[]
} {
  let run = idleChannel<string>()
  const orders: ChannelOrder<string>[] = []
  for (const event of events) {
    const [next, ...given] = nextOfChannel(run, event)
    run = next
    orders.push(...given)
  }
  return { run, orders }
}

describe('a channel', () => {
  test('is run once for any number of subscribers, as the first of them (STREAM-201)', () => {
    expect(after([ann(), bob(), ann()]).orders).toEqual([{ kind: 'run', startedBy: 'ann' }])
  })

  test('is stopped at the third look in a row without anybody, 10 to 15 s after the last one left (STREAM-202)', () => {
    const events = [ann(), bob(), look, left('ann'), left('bob'), look, look]
    expect(after(events).orders).toEqual([{ kind: 'run', startedBy: 'ann' }])
    expect(after([...events, look]).orders).toEqual([{ kind: 'run', startedBy: 'ann' }, { kind: 'cancel' }])
    expect([(MOST_MISSES - 1) * LOOK_MS, MOST_MISSES * LOOK_MS]).toEqual([10_000, 15_000])
  })

  test('goes on when somebody comes back in time, and is run anew when not (STREAM-202)', () => {
    const alone = [ann(), left('ann'), look, look]
    expect(after([...alone, bob(), look, left('bob'), look, look]).orders).toHaveLength(1)
    expect(after([...alone, look, bob()]).orders.at(-1)).toEqual({ kind: 'run', startedBy: 'bob' })
  })

  test('gives every packet to all who are there, in the order in which they came (STREAM-305)', () => {
    const packets = ['1', '2'].map((data) => ({ kind: 'packet', data }) as const)
    const { orders } = after([
      ann(),
      ...packets,
      bob(),
      { kind: 'packet', data: '3' },
      left('ann'),
      { kind: 'packet', data: '4' },
    ])
    expect(orders.flatMap((order) => (order.kind === 'send' ? [`${order.to} ${order.data}`] : []))).toEqual([
      'ann 1',
      'ann 2',
      'ann 3',
      'bob 3',
      'bob 4',
    ])
  })

  test('stays silent after a normal end, until somebody subscribes anew (STREAM-205)', () => {
    const ended = [ann(), { kind: 'ended', well: true, at: 9 } as const]
    expect(after(ended).orders).toHaveLength(1)
    expect(after([...ended, bob(10)]).orders.at(-1)).toEqual({ kind: 'run', startedBy: 'bob' })
  })

  test('pauses longer and longer while attempts fail at once (STREAM-204)', () => {
    const failing = Array.from({ length: 8 }, (): ChannelEvent<string>[] => [
      { kind: 'ended', well: false, at: 1 },
      { kind: 'pause-over', at: 0 },
    ])
    expect(pauses(after([ann(), ...failing.flat()]).orders)).toEqual(recordedPauses())
  })

  test('does not pause after an attempt that lasted, and begins to count again (STREAM-204)', () => {
    const end = (at: number): ChannelEvent<string>[] => [
      { kind: 'ended', well: false, at },
      { kind: 'pause-over', at: 0 },
    ]
    expect(pauses(after([ann(), ...[1, 1, 1, 100, 1, 1].flatMap(end)]).orders)).toEqual([
      0, 200, 400, 0, 0, 200,
    ])
  })

  test('is run again as the one who started it, though nobody is left, until the looks stop it (STREAM-201)', () => {
    const gone: ChannelEvent<string>[] = [
      ann(),
      left('ann'),
      { kind: 'ended', well: false, at: 500 },
      { kind: 'pause-over', at: 500 },
    ]
    expect(after(gone).orders.at(-1)).toEqual({ kind: 'run', startedBy: 'ann' })
    const { run, orders } = after([...gone, look, look, look])
    expect([run.stream.kind, orders.at(-1)?.kind]).toEqual(['idle', 'cancel'])
  })
})

function pauses(orders: readonly ChannelOrder<string>[]): readonly number[] {
  return orders.flatMap((order) => (order.kind === 'pause' ? [order.ms] : []))
}

/** The gaps between attempts that Grafana 12.4.0 left (recording `g-end-error-fast`), to the next 100 ms below. */
function recordedPauses(): readonly number[] {
  const file = new URL('../../fixtures/recordings/grafana-12.4.0/g-live.json', import.meta.url)
  const records: { id: string; observed: { gapsMs?: number[] } }[] = JSON.parse(readFileSync(file, 'utf8'))
  const gaps = records.find(({ id }) => id === 'g-end-error-fast')?.observed.gapsMs ?? []
  return gaps.map((gap) => Math.floor(gap / 100) * 100)
}
