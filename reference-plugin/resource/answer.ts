/** One HTTP answer of a resource, before it is cut into messages. */
export interface ResourceAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** A body in pieces is sent piece by piece, as the pieces appear (RES-204). */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
}
