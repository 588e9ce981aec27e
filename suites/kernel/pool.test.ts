import { describe, expect, test } from 'vitest'

import { pooled } from './pool.ts'

/** Work that ends when it is told to. */
function controlled(): {
  work: (item: number) => Promise<number>
  running: Set<number>
  end: (item: number) => void
} {
  const running = new Set<number>()
  const ends = new Map<number, () => void>()
  return {
    running,
    work: (item) =>
      new Promise((resolve) => {
        running.add(item)
        ends.set(item, () => {
          running.delete(item)
          resolve(item * 10)
        })
      }),
    end: (item) => ends.get(item)?.(),
  }
}

/** Lets everything that is ready happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a pool', () => {
  test('runs at most so many at once, and the next as soon as one has ended', async () => {
    const { work, running, end } = controlled()
    const done = pooled([1, 2, 3], 2, work)
    await settle()
    expect([...running]).toEqual([1, 2])
    end(2)
    await settle()
    expect([...running]).toEqual([1, 3])
    end(3)
    end(1)
    expect(await done).toEqual([10, 20, 30])
  })

  test('gives results in the order of the items', async () => {
    const { work, end } = controlled()
    const done = pooled([1, 2, 3], 3, work)
    await settle()
    for (const item of [3, 1, 2]) end(item)
    expect(await done).toEqual([10, 20, 30])
  })

  test('runs one at a time when told to run none', async () => {
    const { work, running, end } = controlled()
    const done = pooled([1, 2], 0, work)
    await settle()
    expect([...running]).toEqual([1])
    end(1)
    await settle()
    end(2)
    expect(await done).toEqual([10, 20])
  })

  test('is done at once without items', async () => {
    expect(await pooled([], 4, () => Promise.reject(new Error('never called')))).toEqual([])
  })

  test('passes a failure on', async () => {
    await expect(pooled([1], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
