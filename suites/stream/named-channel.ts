import { DataFrameFormat, SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { QueryOptions, SharedContext } from '../kernel/case-context.ts'
import { parseChannelId } from './channel-id.ts'
import { requireStreams, subscribe } from './conversation.ts'
import { isRecord, readDocument } from './document.ts'
import { bareRoute } from './route.ts'
import { rules } from './rules.ts'

const namedChannel = defineCase({
  id: 'stream/named-channel',
  title: 'queries, and subscribes to the channels that the frames name',
  judges: [rules['named-channel-can-be-subscribed']],
  process: 'shared',
  async run(t) {
    await requireStreams(t, t.plugin)
    const rule = t.rule(rules['named-channel-can-be-subscribed'])
    const pluginContext = t.context()
    const queries = queriesOf(t).map((query) => t.query(query))
    const response = t.answered(await t.plugin.data.queryData({ pluginContext, queries }))
    const own = new Set([
      `ds/${pluginContext.dataSourceInstanceSettings?.uid ?? ''}`,
      `plugin/${t.subject.id}`,
    ])
    const channels = channelsOf(response)
    if (channels.length === 0) return rule.unverified('a query whose frames name a channel in meta.channel')
    for (const channel of channels) {
      const id = parseChannelId(channel)
      if ('fault' in id)
        return rule.broken('a channel such as ds/<uid>/<path>', `${JSON.stringify(channel)}: ${id.fault}`)
      // Channels of others are not ours to ask about.
      if (!own.has(`${id.scope}/${id.namespace}`)) continue
      const result = await subscribe(t, t.plugin, bareRoute(id.path))
      if (result.kind === 'failed') return rule.broken(`status OK for ${channel}`, describeResult(result))
      const { status } = t.answered(result)
      if (status !== SubscribeStreamResponse_Status.OK)
        return rule.broken(`status OK for ${channel}`, `status ${status}`)
      t.note('channel', channel)
    }
    return rule.upheld()
  },
})

/** A scripted subject is told to name its stream; others are asked what their author wrote down. */
function queriesOf(t: SharedContext): readonly QueryOptions[] {
  if (t.contract === 'any') return [{ refId: 'A' }]
  const uid = t.context().dataSourceInstanceSettings?.uid ?? ''
  const fields = [{ name: 'value', type: 'float64', values: [1] }]
  return [
    {
      refId: 'A',
      model: { conformance: { frames: [{ name: 'live', meta: { channel: `ds/${uid}/tick` }, fields }] } },
    },
  ]
}

function channelsOf({ responses }: QueryDataResponse): readonly string[] {
  const metas = Object.values(responses).flatMap((response) =>
    response.frames.map((frame) =>
      response.format === DataFrameFormat.JSON ? metaOfJson(frame) : readArrowFrame(frame).frame?.meta,
    ),
  )
  return metas
    .map((meta) => meta?.['channel'])
    .filter((channel): channel is string => typeof channel === 'string' && channel !== '')
}

function metaOfJson(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const document = readDocument(bytes)
  if (document.kind !== 'json' || !isRecord(document.value) || !isRecord(document.value['schema']))
    return undefined
  const { meta } = document.value['schema']
  return isRecord(meta) ? meta : undefined
}

/** Conversations about the way from a query to a stream. */
export const namedChannelCases = [namedChannel]
