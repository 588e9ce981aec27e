import type { DescMethod, DescService, Message } from '@bufbuild/protobuf'
import type {
  Server,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedHandleCall,
  UntypedServiceImplementation,
  sendUnaryData,
} from '@grpc/grpc-js'

import { fromBinary, toBinary } from '@bufbuild/protobuf'

import type { Call } from './call.ts'
import type { MethodHandlers } from './method-handlers.ts'
import type { Running } from './running.ts'
import { conductCall } from './transport/conduct-call.ts'
import { pumpMessages } from './transport/pump-messages.ts'

/**
 * Registers a service of a proto file with grpc-js: `addService(server, Data, { queryData }, running)`.
 *
 * Only the methods that have a handler become known; the others answer UNIMPLEMENTED, as they must (ERR-001).
 */
export function addService<S extends DescService>(
  server: Server,
  service: S,
  handlers: MethodHandlers<S>,
  running: Running,
): void {
  const definition: Record<string, ServiceDefinition[string]> = {}
  const implementation: UntypedServiceImplementation = {}
  for (const method of service.methods) {
    // MethodHandlers has typed each handler by its method; from here on only the kind of method matters.
    const handler = (handlers as Readonly<Record<string, AnyHandler | undefined>>)[method.localName]
    if (handler === undefined) continue
    const path = `/${service.typeName}/${method.name}`
    definition[method.localName] = methodDefinition(method, path, running)
    implementation[method.localName] = handleCall(method, path, handler, running)
  }
  server.addService(definition, implementation)
}

type AnyHandler = (request: unknown, call: Call) => Promise<Message> | AsyncIterable<Message>

function methodDefinition(method: DescMethod, path: string, running: Running): ServiceDefinition[string] {
  const { transport } = running.behaviour
  const streams = method.methodKind
  return {
    path,
    originalName: method.localName,
    requestStream: streams === 'bidi_streaming' || streams === 'client_streaming',
    responseStream: streams === 'bidi_streaming' || streams === 'server_streaming',
    requestSerialize: (message: Message) => Buffer.from(toBinary(method.input, message)),
    requestDeserialize: (bytes) => {
      try {
        return fromBinary(method.input, transport.receive(bytes, path, running))
      } catch (error) {
        transport.onUndecodable(error, path, running)
        // grpc-js makes INTERNAL of it and keeps the connection (ERR-008).
        throw error
      }
    },
    responseSerialize: (message: Message) =>
      asBuffer(transport.send(toBinary(method.output, message), path, running)),
    responseDeserialize: (bytes) => fromBinary(method.output, bytes),
  }
}

function handleCall(
  method: DescMethod,
  path: string,
  handler: AnyHandler,
  running: Running,
): UntypedHandleCall {
  if (method.methodKind === 'unary') {
    return (surface: ServerUnaryCall<Message, Message>, reply: sendUnaryData<Message>) => {
      // conductCall never rejects.
      void conductCall(surface, path, running, async (call) => handler(surface.request, call)).then(
        (result) => {
          if (result.kind === 'ok') reply(null, result.value as Message)
          else reply(result.status)
        },
      )
    }
  }
  return (surface: ServerWritableStream<Message, Message> | ServerDuplexStream<Message, Message>) => {
    const request = 'request' in surface ? surface.request : surface
    void conductCall(surface, path, running, (call) =>
      pumpMessages(handler(request, call) as AsyncIterable<Message>, surface, call.signal),
    ).then((result) => {
      if (result.kind === 'ok') surface.end()
      else surface.emit('error', result.status)
    })
  }
}

/** A view of the same bytes, because a copy of a large answer is a large copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
