import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import { Client, Metadata, credentials } from '@grpc/grpc-js'
import type { CallOptions, ClientReadableStream, ServiceError } from '@grpc/grpc-js'

/** What a call may carry besides its message. */
export interface Extras {
  readonly metadata?: Metadata
  readonly options?: CallOptions
  /** Sent instead of the message. */
  readonly raw?: Uint8Array
}

type Method<I extends DescMessage, O extends DescMessage> = DescMethod & { input: I; output: O }

/** A gRPC client as small as the tests of the plugin need it. */
export class PluginClient implements Disposable {
  readonly client: Client

  constructor(target: string) {
    this.client = new Client(target, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.use_local_subchannel_pool': 1,
    })
  }

  unary<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>,
    init: MessageInitShape<I>,
    { metadata = new Metadata(), options = {}, raw }: Extras = {},
  ): Promise<MessageShape<O>> {
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        pathOf(method),
        (message: MessageShape<I>) => Buffer.from(raw ?? toBinary(method.input, message)),
        (bytes) => fromBinary(method.output, bytes),
        create(method.input, init),
        metadata,
        options,
        (error: ServiceError | null, value?: MessageShape<O>) => {
          if (error !== null) reject(error)
          else if (value !== undefined) resolve(value)
        },
      )
    })
  }

  stream<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>,
    init: MessageInitShape<I>,
    { metadata = new Metadata(), options = {}, raw }: Extras = {},
  ): ClientReadableStream<MessageShape<O>> {
    return this.client.makeServerStreamRequest(
      pathOf(method),
      (message: MessageShape<I>) => Buffer.from(raw ?? toBinary(method.input, message)),
      (bytes) => fromBinary(method.output, bytes),
      create(method.input, init),
      metadata,
      options,
    )
  }

  /** All messages of a stream that ends by itself. */
  async all<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>,
    init: MessageInitShape<I>,
    extras: Extras = {},
  ): Promise<MessageShape<O>[]> {
    return this.stream(method, init, extras).toArray() as Promise<MessageShape<O>[]>
  }

  [Symbol.dispose](): void {
    this.client.close()
  }
}

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`
}
