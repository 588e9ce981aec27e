import { SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import type { StreamPacket, SubscribeStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { ContextOptions } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { Next, PacketStream } from '../../host/rpc/packet-stream.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { Route } from './route.ts'
import { sampleRoute, unknownRoute } from './route.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

/** Asks the plugin whether a viewer may have a channel (STREAM-102). */
export function subscribe(
  t: CaseContext,
  plugin: Plugin,
  route: Route,
): Promise<CallResult<SubscribeStreamResponse>> {
  return plugin.stream.subscribeStream({ pluginContext: t.context(), ...route })
}

/** Runs the stream behind a channel (STREAM-201). */
export function runStream(
  t: CaseContext,
  plugin: Plugin,
  route: Route,
  context: ContextOptions = {},
): PacketStream<StreamPacket> {
  return plugin.stream.runStream({ pluginContext: t.context(context), ...route })
}

/**
 * The message of an answered call to Stream; any other end of the call ends the case.
 *
 * UNIMPLEMENTED makes the rules inapplicable, unless plugin.json promises streams: then somebody ought to look.
 */
export function offered<Message>(t: CaseContext, result: CallResult<Message>): Message {
  if (result.kind === 'failed' && result.code === UNIMPLEMENTED && t.subject.declares.streaming)
    throw new CaseEnded({
      kind: 'unverified',
      missing: 'streams: plugin.json says "streaming": true, yet the plugin answers UNIMPLEMENTED',
    })
  return t.answered(result)
}

/** What comes next in a stream; a plugin that died ends the case, because that is a matter of its own. */
export async function nextOf(
  t: CaseContext,
  stream: PacketStream<StreamPacket>,
  ms: number,
): Promise<Next<StreamPacket>> {
  const next = await stream.next(ms)
  if (next.kind === 'ended' && next.result.kind === 'died') t.answered(next.result)
  return next
}

/** Ends the case if the plugin has no streams at all; every other answer to a nonsense path lets it go on. */
export async function requireStreams(t: CaseContext, plugin: Plugin): Promise<void> {
  const result = await subscribe(
    t,
    plugin,
    unknownRoute(() => t.random()),
  )
  if (result.kind !== 'failed' || result.code === UNIMPLEMENTED) offered(t, result)
}

/** Ends the case unless the plugin follows the scripted contract; called after `requireStreams`, which tells more. */
export function requireScript(t: CaseContext): void {
  if (t.contract === 'scripted') return
  throw new CaseEnded({ kind: 'unverified', missing: 'a plugin that follows the scripted contract' })
}

/** Subscribes to a channel that ought to be there; a refusal ends the case. */
export async function accepted(
  t: CaseContext,
  plugin: Plugin,
  route: Route,
): Promise<SubscribeStreamResponse> {
  const response = offered(t, await subscribe(t, plugin, route))
  if (response.status === SubscribeStreamResponse_Status.OK) return response
  throw new CaseEnded({
    kind: 'unverified',
    missing: `a channel that the plugin accepts: it refuses ${route.path} with status ${response.status}`,
  })
}

/** A scripted channel where that is understood, else the first channel of the author; without either the case ends. */
export function anyRoute(t: CaseContext, scripted: Route): Route {
  if (t.contract === 'scripted') return scripted
  const [channel] = t.samples.channels
  if (channel === undefined)
    throw new CaseEnded({ kind: 'unverified', missing: 'channels in conformance.yaml' })
  return sampleRoute(channel)
}
