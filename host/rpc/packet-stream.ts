import type { CallResult } from './call-result.ts'
import type { RawCall } from './raw-call.ts'
import { wakingNow, wakingTimer } from '../waking-time.ts'

/** What a reader of a stream meets next. */
export type Next<Message> =
  | { readonly kind: 'packet'; readonly message: Message; readonly index: number }
  | { readonly kind: 'ended'; readonly result: CallResult<undefined> }
  /** Nothing came in the time given. */
  | { readonly kind: 'silence'; readonly ms: number }

/** The answers of one server stream, kept in the order in which they came. */
export class PacketStream<Message> implements AsyncDisposable {
  readonly #raw: RawCall
  readonly #packets: Message[] = []
  #read = 0
  #forgotten = 0
  #forgets = false
  #cancelled = false
  #result: CallResult<undefined> | undefined
  #wake: (() => void) | undefined
  readonly #ended: Promise<CallResult<undefined>>
  #end: (result: CallResult<undefined>) => void = () => {}

  constructor(raw: RawCall) {
    this.#raw = raw
    this.#ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** The next packet, the end, or silence when neither comes within `ms`. */
  async next(ms: number): Promise<Next<Message>> {
    const deadline = wakingNow() + ms
    for (;;) {
      const message = this.#packets[this.#read - this.#forgotten]
      if (message !== undefined) {
        if (this.#forgets) this.#forgotten += this.#packets.splice(0, this.#read - this.#forgotten + 1).length
        return { kind: 'packet', message, index: this.#read++ }
      }
      if (this.#result !== undefined) return { kind: 'ended', result: this.#result }
      const left = deadline - wakingNow()
      if (left <= 0) return { kind: 'silence', ms }
      await this.#woken(left)
    }
  }

  /** How the call ends; waits for it. */
  get ended(): Promise<CallResult<undefined>> {
    return this.#ended
  }

  /** All packets, once the call has ended. */
  async all(): Promise<CallResult<readonly Message[]>> {
    const result = await this.#ended
    return result.kind === 'answered' ? { ...result, message: this.#packets } : result
  }

  /** Keeps no packet that has been read: for streams that live as long as the plugin. */
  forget(): void {
    this.#forgets = true
  }

  /** What has arrived so far and is not forgotten. */
  get packets(): readonly Message[] {
    return this.#packets
  }

  /** Cancels the call, as Grafana does when the last subscriber has gone. */
  cancel(): void {
    this.#cancelled = true
    this.#raw.cancel()
  }

  /** Whether the reader cancelled the call, so that status CANCELLED is the host's own. */
  get cancelled(): boolean {
    return this.#cancelled
  }

  /** Stops reading from the connection. */
  pause(): void {
    this.#raw.pause()
  }

  resume(): void {
    this.#raw.resume()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#result === undefined) this.cancel()
    await this.#ended
  }

  /** For the caller: a packet arrived. */
  push(message: Message): void {
    this.#packets.push(message)
    this.#wake?.()
  }

  /** For the caller: the call ended. */
  finish(result: CallResult<undefined>): void {
    this.#result = result
    this.#end(result)
    this.#wake?.()
  }

  #woken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = wakingTimer(ms, done)
      this.#wake = done
      function done(): void {
        callOff()
        resolve()
      }
    })
  }
}
