/**
 * Messages that this host's gRPC library writes itself when a call ends without a status of the plugin: the stream was reset,
 * or the connection broke. A panic in a Rust SDK handler is a reset with code CANCEL (LIFE-114).
 *
 * Source: grpc-node:packages/grpc-js/src/subchannel-call.ts, picker.ts, internal-channel.ts.
 */
const localMessages: readonly RegExp[] = [
  /^Call cancelled$/,
  /^Stream refused by server$/,
  /^stream terminated by RST_STREAM/i,
  /^Received RST_STREAM/,
  /^Received HTTP status code/,
  /^Connection dropped$/,
  /^No connection established/,
  /^Channel closed/,
  /^Failed to start HTTP\/2 stream/,
  /^Name resolution failed/,
  /^Write (error|failed)/,
  /^Bandwidth exhausted or memory limit exceeded$/,
  /^(read|write|connect) E[A-Z]+/,
]

/** Whether the plugin did not choose this status: the host's own library explains with it what happened to the stream. */
export function isLocalStatus(details: string): boolean {
  return localMessages.some((message) => message.test(details))
}
