import { fstatSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'

import { ConformanceError } from '../host/conformance-error.ts'
import { formatAddress } from '../host/handshake/handshake.ts'
import type { PausedAt, PauseRequest } from '../suites/kernel/pause.ts'
import type { Terminal } from './streams.ts'

const STDIN = 0

/**
 * Tells which process a case will talk to and waits for Enter on stdin.
 *
 * Throws `usage` when nobody can press it: stdin is closed or the null device. What is piped counts, a line for each pause.
 */
export class Pause implements PauseRequest, AsyncDisposable {
  readonly before: string
  readonly #terminal: Terminal
  readonly #lines: Interface
  readonly #given: string[] = []
  readonly #gaveUp = new AbortController()
  #ended = false
  #wake: (() => void) | undefined

  constructor(before: string, terminal: Terminal) {
    if (!canBeRead()) throw nobodyThere()
    this.before = before
    this.#terminal = terminal
    this.#lines = createInterface({ input: process.stdin })
    this.#lines.on('line', (line) => {
      this.#given.push(line)
      this.#wake?.()
    })
    this.#lines.on('close', () => {
      this.#ended = true
      this.#wake?.()
    })
  }

  /** Aborted when stdin ended before the run could go on. */
  get signal(): AbortSignal {
    return this.#gaveUp.signal
  }

  async wait(at: PausedAt): Promise<void> {
    const address = formatAddress(at.address)
    const where = at.pid === undefined ? address : `process ${at.pid}, ${address}`
    this.#terminal.err(`Paused before ${at.tag}: ${where}. Attach a debugger, then press Enter.\n`)
    while (this.#given.length === 0 && !this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    if (this.#given.shift() === undefined) this.#gaveUp.abort()
  }

  /** Throws when the run was given up because nobody pressed Enter. */
  check(): void {
    if (this.#gaveUp.signal.aborted) throw nobodyThere()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lines.close()
    // An open stdin would keep this process alive.
    process.stdin.destroy()
  }
}

function canBeRead(): boolean {
  if (process.stdin.isTTY) return true
  try {
    const stats = fstatSync(STDIN)
    return stats.isFIFO() || stats.isSocket() || stats.isFile()
  } catch {
    return false
  }
}

function nobodyThere(): ConformanceError {
  return new ConformanceError(
    'usage',
    'Expected somebody to press Enter for --pause-before; found a stdin that is no terminal and gives no line.',
    { hint: 'Run it in a terminal, or pipe a line for each pause.' },
  )
}
