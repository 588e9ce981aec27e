import type {
  DescMethodBiDiStreaming,
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  MessageShape,
} from '@bufbuild/protobuf'

import type { Call } from './call.ts'

/** The handlers of a service as its proto file types them; a method that is left out answers UNIMPLEMENTED. */
export type MethodHandlers<S extends DescService> = {
  readonly [K in keyof S['method']]?: MethodHandler<S['method'][K]>
}

/** Unary methods resolve, streaming ones yield. */
export type MethodHandler<M> = M extends { methodKind: 'unary' } & Pick<DescMethodUnary, 'input' | 'output'>
  ? (request: MessageShape<M['input']>, call: Call) => Promise<MessageShape<M['output']>>
  : M extends { methodKind: 'server_streaming' } & Pick<DescMethodServerStreaming, 'input' | 'output'>
    ? (request: MessageShape<M['input']>, call: Call) => AsyncIterable<MessageShape<M['output']>>
    : M extends { methodKind: 'bidi_streaming' } & Pick<DescMethodBiDiStreaming, 'input' | 'output'>
      ? (
          requests: AsyncIterable<MessageShape<M['input']>>,
          call: Call,
        ) => AsyncIterable<MessageShape<M['output']>>
      : never
