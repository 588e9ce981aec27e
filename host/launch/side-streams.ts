import { StdioData_Channel } from '../../proto/gen/hashicorp/grpc_stdio_pb.js'
import { noCallSpans } from '../trace/call-spans.ts'
import type { PluginServices } from '../rpc/plugin-services.ts'
import type { StartOptions } from './start-options.ts'

/** Long enough that the streams end with the connection, never by our own budget: the host sets no deadline on them (LIFE-073). */
const FOREVER_MS = 2_147_483_647

/**
 * The two streams that a host holds open for the whole life of a plugin: broker and stdio (LIFE-073).
 *
 * Stdio is drained and thrown away, because a plugin on the Go SDK blocks in its prints otherwise (LIFE-103, LIFE-108). Failures are
 * tolerated, as Grafana does, and neither stream is opened a second time.
 */
export class SideStreams {
  static readonly none = new SideStreams()
  readonly #cancel = new AbortController()

  constructor(services?: Pick<PluginServices, 'stdio' | 'broker'>, options?: StartOptions) {
    if (services === undefined || options === undefined) return
    const call = { budgetMs: FOREVER_MS, signal: this.#cancel.signal, spans: noCallSpans }
    services.broker.startStream(call)
    void drain(services.stdio.streamStdio({}, call), options)
  }

  /** Ends both. */
  close(): void {
    this.#cancel.abort()
  }
}

async function drain(
  stream: ReturnType<PluginServices['stdio']['streamStdio']>,
  options: StartOptions,
): Promise<void> {
  stream.forget()
  for (;;) {
    const next = await stream.next(FOREVER_MS)
    if (next.kind !== 'packet') return
    const { channel, data } = next.message
    const name = channel === StdioData_Channel.STDERR ? 'stderr' : 'stdout'
    options.sink({
      kind: 'stdio',
      origin: 'plugin',
      at: options.now(),
      process: options.name,
      tag: undefined,
      channel: name,
      text: Buffer.from(data).toString('utf8'),
    })
  }
}
