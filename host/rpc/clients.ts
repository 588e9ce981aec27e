import type { DescMessage, DescMethod, DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf'

import type { CallOptions, CallerEnvironment } from './caller.ts'
import { callStream, openStream } from './caller.ts'
import type { CallResult } from './call-result.ts'
import type { PacketStream } from './packet-stream.ts'

type Input<Method> = Method extends { readonly input: infer Type extends DescMessage }
  ? MessageInitShape<Type>
  : never
type Output<Method> = Method extends { readonly output: infer Type extends DescMessage }
  ? MessageShape<Type>
  : never

/** Unary methods answer with a result, server streams with their packets; streams in both directions are opened and sent nothing. */
export type ServiceClient<Service extends DescService> = {
  readonly [Name in keyof Service['method']]: Service['method'][Name] extends { readonly methodKind: 'unary' }
    ? (
        request: Input<Service['method'][Name]>,
        options?: CallOptions,
      ) => Promise<CallResult<Output<Service['method'][Name]>>>
    : Service['method'][Name] extends { readonly methodKind: 'bidi_streaming' }
      ? (options?: CallOptions) => PacketStream<Output<Service['method'][Name]>>
      : (
          request: Input<Service['method'][Name]>,
          options?: CallOptions,
        ) => PacketStream<Output<Service['method'][Name]>>
}

/** A typed client for one service, made from its generated description. */
export function serviceClient<Service extends DescService>(
  service: Service,
  environment: CallerEnvironment,
): ServiceClient<Service> {
  const methods = service.methods.map((method) => [method.localName, caller(method, environment)])
  // One function a method of the description, so the object has exactly the shape of ServiceClient.
  return Object.fromEntries(methods) as ServiceClient<Service>
}

function caller(method: DescMethod, environment: CallerEnvironment): unknown {
  if (method.methodKind === 'unary') {
    return (request: MessageInitShape<DescMessage>, options?: CallOptions) =>
      unary(environment, method, request, options)
  }
  if (method.methodKind === 'bidi_streaming')
    return (options?: CallOptions) => openStream(environment, method, options)
  return (request: MessageInitShape<DescMessage>, options?: CallOptions) =>
    callStream(environment, method, request, options)
}

async function unary(
  environment: CallerEnvironment,
  method: DescMethod,
  request: MessageInitShape<DescMessage>,
  options?: CallOptions,
): Promise<CallResult<unknown>> {
  const stream = callStream(environment, method, request, options)
  const result = await stream.all()
  if (result.kind !== 'answered') return result
  const [message, ...more] = result.message
  if (message !== undefined && more.length === 0) return { ...result, message }
  const details = `a unary method answered OK with ${result.message.length} messages instead of one`
  return { kind: 'failed', code: 13, details, ms: result.ms, cancelled: false }
}
