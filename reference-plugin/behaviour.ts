import type { Socket } from 'node:net'

import type { Metadata, Server, ServerCredentials, ServerOptions, StatusObject } from '@grpc/grpc-js'

import type { Frame } from '../host/frames/frame.ts'
import type { CertifiedKey } from '../host/tls/certified-key.ts'
import type {
  AdmissionRequest,
  CallResourceRequest,
  CallResourceResponse,
  CheckHealthRequest,
  CheckHealthResponse,
  CollectMetricsRequest,
  CollectMetricsResponse,
  ConversionRequest,
  ConversionResponse,
  DataFrameFormat,
  DataQuery,
  DataResponse,
  MutationResponse,
  PluginContext,
  PublishStreamRequest,
  PublishStreamResponse,
  QueryChunkedDataRequest,
  QueryChunkedDataResponse,
  QueryDataRequest,
  QueryDataResponse,
  RunStreamRequest,
  StreamPacket,
  SubscribeStreamRequest,
  SubscribeStreamResponse,
  ValidationResponse,
} from '../proto/gen/grafana/backend_pb.js'
import type { ConnInfo } from '../proto/gen/hashicorp/grpc_broker_pb.js'
import type { StdioData } from '../proto/gen/hashicorp/grpc_stdio_pb.js'
import type { Call } from './call.ts'
import type { Answer } from './data/answer.ts'
import type { AnyQueryRequest } from './data/request.ts'
import type { Instance } from './instances/instances.ts'
import type { Log, LogEntry } from './logs/entry.ts'
import type { ResourceAnswer } from './resource/answer.ts'
import type { Running } from './running.ts'

/**
 * The whole plugin as one readonly object.
 *
 * `reference` (reference.ts) is the correct one. A variation is a copy in which one member is replaced or wrapped:
 * `{ ...base, data: { ...base.data, encodeFrame: … } }`. No member calls another directly; all go through
 * `call.behaviour` or `running.behaviour`, so that a replacement takes effect everywhere.
 */
export interface Behaviour {
  readonly process: ProcessBehaviour
  readonly logs: LogBehaviour
  readonly transport: TransportBehaviour
  readonly tls: TlsBehaviour
  readonly services: ServiceChoice
  readonly auxiliary: AuxiliaryBehaviour
  readonly instances: InstanceBehaviour
  readonly data: DataBehaviour
  readonly resource: ResourceBehaviour
  readonly diagnostics: DiagnosticsBehaviour
  readonly stream: StreamBehaviour
  readonly admission: AdmissionBehaviour
  readonly conversion: ConversionBehaviour
}

/** Environment variables as a process sees them. */
export type Env = Readonly<Record<string, string | undefined>>

/** Start, handshake, signals and end of the process. */
export interface ProcessBehaviour {
  /** Whether the plugin was started by Grafana (LIFE-031). */
  cookie(env: Env): CookieDecision
  /** Where to listen (LIFE-081 to LIFE-083). Throws with a reason when there is no such place (LIFE-064). */
  listen(env: Env): ListenPlace
  /** Order of listening and announcing; correct is: listen, then announce (LIFE-051). */
  start(steps: StartSteps, running: Running): Promise<void>
  /** Called before anything is written to stdout. */
  beforeHandshake(running: Running): Promise<void>
  /** Field 4 of the handshake, dialable as it stands (LIFE-046). */
  address(bound: BoundPlace): string
  /** The complete line including its line feed (LIFE-041 to LIFE-049). */
  handshakeLine(bound: BoundPlace, running: Running): string
  /** Brings the line to the host; correct is: at once, to stdout, in one write. */
  writeHandshake(line: string, running: Running): Promise<void>
  /** Called once the line is out. */
  afterHandshake(running: Running): void
  /** LIFE-165. */
  onSigint(running: Running): void
  /** LIFE-166. */
  onSigterm(running: Running): void
  /** Called at the end of stdin; with `null` stdin is not even looked at, as is right (LIFE-009). */
  readonly onStdinEnd: ((running: Running) => void) | null
  /** stderr can't be written any more, because the host died (LIFE-167). */
  onStderrLost(running: Running): void
  /** Answers Shutdown by resolving; rejecting fails the call (LIFE-160 to LIFE-162). */
  onShutdown(running: Running): Promise<void>
}

/** Whether to serve, and what to say otherwise. */
export type CookieDecision =
  | { readonly kind: 'serve' }
  | { readonly kind: 'refuse'; readonly message: string; readonly exitCode: number }

/** A place to listen at. */
export type ListenPlace =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string; readonly group: number | null }

/** A place that is being listened at; its port is known. */
export type BoundPlace =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

/** The two steps of a start, to be called once each. */
export interface StartSteps {
  /** Listens at the given place, by default at the one that `listen` chooses. */
  listen(place?: ListenPlace): Promise<BoundPlace>
  /** Runs `beforeHandshake`, writes the handshake line, runs `afterHandshake`. */
  announce(bound: BoundPlace): Promise<void>
}

/** What goes to stderr. */
export interface LogBehaviour {
  /** One line without line feed: a JSON object in hclog form (LIFE-122 to LIFE-126). */
  format(entry: LogEntry): string
  /** The plugin is about to serve. */
  onStart(log: Log, running: Running): void
  onCallStart(log: Log, call: Call): void
  onCallEnd(log: Log, call: Call, outcome: CallOutcome): void
}

/** How a call ended. */
export type CallOutcome =
  | { readonly kind: 'ok'; readonly ms: number }
  | { readonly kind: 'cancelled'; readonly ms: number; readonly error: unknown }
  | { readonly kind: 'failed'; readonly ms: number; readonly error: unknown }

/** Everything between the socket and the handlers. */
export interface TransportBehaviour {
  /** Options of the gRPC server: message sizes, keepalive, interceptors (LIFE-077, LIFE-078, LIFE-080). */
  serverOptions(running: Running): ServerOptions
  /** TLS where `running.tls` is set; Grafana always speaks plain text (LIFE-090). */
  credentials(running: Running): ServerCredentials
  /** Called once all services are registered and before anything listens, with the gRPC server itself. */
  onServer(server: Server, running: Running): void
  /** Sees each connection before HTTP/2 does; `refuse` closes it, `keep` leaves it to whoever said so. */
  onConnection(socket: Socket, running: Running): 'accept' | 'refuse' | 'keep'
  /** Losing a connection is not a reason to do anything (LIFE-074). */
  onConnectionLost(running: Running): void
  /** Decides on a call before its handler; correct is: null for everything (LIFE-071, LIFE-088). */
  refusal(incoming: Incoming, running: Running): Partial<StatusObject> | null
  /** The bytes of each request message before they are decoded. */
  receive(bytes: Uint8Array, path: string, running: Running): Uint8Array
  /** The bytes of each response message before they are sent. */
  send(bytes: Uint8Array, path: string, running: Running): Uint8Array
  /** A message that is not protobuf: the call fails with INTERNAL, nothing else happens (ERR-008). */
  onUndecodable(error: unknown, path: string, running: Running): void
  /** The status of a call whose handler threw (DATA-406). */
  fault(error: unknown, call: Call): Partial<StatusObject>
}

/** AutoMTLS, which Grafana never asks for and other hosts of go-plugin do (LIFE-092). */
export interface TlsBehaviour {
  /** The server's own pair for this start; null when nobody asks for TLS. */
  pair(env: Env): CertifiedKey | null
  /** PEM of the only certificate that a client may present. */
  trusted(env: Env): string
  /** Field 6 of the handshake (LIFE-093). */
  announce(pair: CertifiedKey): string
}

/** A call before anything is known about its content. */
export interface Incoming {
  readonly path: string
  /** Grafana sends the word `unused` (LIFE-071). */
  readonly authority: string
  readonly metadata: Metadata
}

/** What is registered; the rest answers UNIMPLEMENTED (ERR-001). */
export interface ServiceChoice {
  readonly health: boolean
  readonly controller: boolean
  readonly stdio: boolean
  readonly broker: boolean
  readonly data: boolean
  /** One method of Data, absent in plugins on older SDKs (CHUNK-102). */
  readonly chunked: boolean
  readonly resource: boolean
  readonly diagnostics: boolean
  readonly stream: boolean
  readonly admission: boolean
  readonly conversion: boolean
}

/** Services of go-plugin and gRPC that Grafana's SDKs add (wire.md section 3 and 4). */
export interface AuxiliaryBehaviour {
  /** What the standard health service says about a name (LIFE-106). */
  health(service: string, running: Running): 'SERVING' | 'NOT_SERVING' | 'NOT_FOUND'
  /** Stays open until the host cancels (LIFE-102). */
  streamStdio(call: Call): AsyncIterable<StdioData>
  /** Accepts the stream and stays silent (LIFE-104). */
  startBroker(requests: AsyncIterable<ConnInfo>, call: Call): AsyncIterable<ConnInfo>
}

/** Which calls share an instance, and when a new one is made. */
export interface InstanceBehaviour {
  /** Calls with different keys never share anything (CTX-303, CTX-405). */
  key(context: PluginContext, metadata: Metadata): string
  /** A changed version means changed settings: the next call gets a fresh instance (CTX-401, CTX-402). */
  version(context: PluginContext): string
  /** Builds the instance with the given number; never throws on odd settings (CTX-104, CTX-109). */
  create(context: PluginContext, id: number): Instance
}

/** QueryData and QueryChunkedData. */
export interface DataBehaviour {
  queryData(request: QueryDataRequest, call: Call): Promise<QueryDataResponse>
  /** One query of either request; what it throws becomes the error of that query (DATA-204). */
  answerQuery(query: DataQuery, request: AnyQueryRequest, call: Call): Promise<Answer>
  /** Status, error, source and format of one response (DATA-207, DATA-301 to DATA-304). */
  toDataResponse(answer: Answer, format: DataFrameFormat, refId: string, call: Call): DataResponse
  encodeFrame(frame: Frame, format: DataFrameFormat, call: Call): Uint8Array
  queryChunkedData(request: QueryChunkedDataRequest, call: Call): AsyncIterable<QueryChunkedDataResponse>
  /** The messages for one query of a chunked request, in order (CHUNK-104 to CHUNK-111). */
  toChunks(
    answer: Answer,
    format: DataFrameFormat,
    refId: string,
    call: Call,
  ): Iterable<QueryChunkedDataResponse>
}

/** CallResource. */
export interface ResourceBehaviour {
  callResource(request: CallResourceRequest, call: Call): AsyncIterable<CallResourceResponse>
  /** The HTTP answer; every HTTP error is one too (RES-212). */
  answer(request: CallResourceRequest, call: Call): Promise<ResourceAnswer>
  /** Cuts an answer into messages; the first has status and headers (RES-201 to RES-204). */
  toMessages(answer: ResourceAnswer, call: Call): AsyncIterable<CallResourceResponse>
}

/** CheckHealth and CollectMetrics. */
export interface DiagnosticsBehaviour {
  checkHealth(request: CheckHealthRequest, call: Call): Promise<CheckHealthResponse>
  collectMetrics(request: CollectMetricsRequest, call: Call): Promise<CollectMetricsResponse>
  /** Prometheus text format 0.0.4 (METRICS-003). */
  metricsText(call: Call): string
}

/** Grafana Live. */
export interface StreamBehaviour {
  subscribeStream(request: SubscribeStreamRequest, call: Call): Promise<SubscribeStreamResponse>
  runStream(request: RunStreamRequest, call: Call): AsyncIterable<StreamPacket>
  publishStream(request: PublishStreamRequest, call: Call): Promise<PublishStreamResponse>
}

/** Admission of settings before they are saved (experimental). */
export interface AdmissionBehaviour {
  validate(request: AdmissionRequest, call: Call): Promise<ValidationResponse>
  mutate(request: AdmissionRequest, call: Call): Promise<MutationResponse>
}

/** Migration of stored queries (experimental). */
export interface ConversionBehaviour {
  convert(request: ConversionRequest, call: Call): Promise<ConversionResponse>
}
