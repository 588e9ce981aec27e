import { defineRules } from '../kernel/rule.ts'

/** What subscriptions, streams and publications have to be (rpc.md section 7, frames.md section 4.1). */
export const rules = defineRules('stream', {
  'unknown-path-refused': {
    statement: 'SubscribeStream refuses a path that the plugin does not know.',
    level: 'must',
    consequence: 'Grafana runs streams for paths that mean nothing, as often as somebody subscribes to one.',
    sources: [{ spec: 'STREAM-103' }, { proto: 'SubscribeStreamResponse.status' }],
  },
  'status-is-known': {
    statement: 'The status of a subscription or publication is OK, NOT_FOUND or PERMISSION_DENIED.',
    level: 'should',
    consequence: 'the client gets error 500 instead of 404 or 403, as if the plugin had failed.',
    sources: [
      { spec: 'STREAM-104' },
      { proto: 'SubscribeStreamResponse.Status' },
      { upstream: 'grafana/grafana:pkg/services/live/live.go' },
    ],
  },
  'initial-data-is-json': {
    statement: 'The initial data of a subscription is one JSON document or nothing.',
    level: 'must',
    consequence:
      "Grafana closes the subscriber's whole websocket with code 3506: every live panel of the browser tab stops.",
    sources: [{ spec: 'STREAM-106' }, { proto: 'SubscribeStreamResponse.data' }],
  },
  'any-subscription-data-tolerated': {
    statement: 'SubscribeStream decides whatever data the client attached, also none and none that is JSON.',
    level: 'must',
    consequence: 'the subscription fails with an internal error that no viewer can do anything about.',
    sources: [{ spec: 'STREAM-108' }, { spec: 'STREAM-102' }],
  },
  'subscribe-is-fast': {
    statement: 'SubscribeStream decides within a second and leaves the work to RunStream.',
    level: 'should',
    consequence: 'live panels start slowly, and the work is multiplied by the number of viewers.',
    sources: [{ spec: 'STREAM-107' }],
  },
  'accepted-path-runs': {
    statement: 'A path that SubscribeStream accepts can be run.',
    level: 'must',
    consequence: 'the panel stays empty while Grafana starts the stream again every 5 seconds for ever.',
    sources: [{ spec: 'STREAM-207' }, { spec: 'STREAM-204' }],
  },
  'first-packet-soon': {
    statement: 'A stream that has data sends its first packet within a few seconds.',
    level: 'should',
    consequence: 'the panel keeps loading.',
    sources: [{ spec: 'STREAM-304' }],
  },
  'packets-are-json': {
    statement: 'Every packet of a stream is one complete JSON document.',
    level: 'must',
    consequence: 'Grafana ends the stream with "invalid JSON data" and starts it again; packets are lost.',
    sources: [{ spec: 'STREAM-301' }, { spec: 'JSON-020' }, { proto: 'StreamPacket.data' }],
  },
  'schema-comes-first': {
    statement: 'The schema of a frame reaches the first subscriber before its rows or with them.',
    level: 'should',
    consequence: 'the browser invents fields named "Field 0" and "Field 1".',
    sources: [{ spec: 'JSON-021' }, { spec: 'STREAM-302' }],
  },
  'rows-match-the-schema': {
    statement: 'The rows of a frame packet have as many columns as the last schema, all of the same length.',
    level: 'must',
    consequence: 'the panel fails with "push message mismatch" and the subscription dies.',
    sources: [
      { spec: 'JSON-022' },
      { spec: 'STREAM-302' },
      { upstream: 'grafana/grafana:packages/grafana-data/src/dataframe/StreamingDataFrame.ts' },
    ],
  },
  'late-viewers-learn-the-schema': {
    statement: 'A viewer who subscribes to a running stream of frames gets the schema too.',
    level: 'should',
    consequence: 'whoever opens the dashboard later sees fields without names, or nothing at all.',
    sources: [{ spec: 'STREAM-303' }, { spec: 'JSON-021' }],
  },
  'stays-open': {
    statement: 'RunStream does not end with OK before Grafana cancels it.',
    level: 'must',
    consequence: 'Grafana does not start the stream again; the panel freezes until the page is reloaded.',
    sources: [{ spec: 'STREAM-206' }, { spec: 'STREAM-205' }],
  },
  'ends-when-cancelled': {
    statement: 'A cancelled stream ends, so that the next run of its path gets each packet once.',
    level: 'must',
    consequence: 'after a reload of the panel packets come twice or are lost.',
    sources: [{ spec: 'STREAM-203' }],
  },
  'cancelled-streams-leave-nothing': {
    statement: 'Streams that were cancelled leave no threads, file handles or work behind.',
    level: 'must',
    consequence: 'the plugin gets slower with every opened dashboard and dies in the end.',
    sources: [{ spec: 'STREAM-203' }],
  },
  'path-runs-again': {
    statement: 'A path can be run again directly after it was cancelled.',
    level: 'should',
    consequence: 'the stream stays dead after a change of settings or a quick reload.',
    sources: [{ spec: 'STREAM-210' }, { spec: 'STREAM-208' }],
  },
  'many-streams-at-once': {
    statement: 'Fifty open streams all get packets and hold up no other call.',
    level: 'must',
    consequence: 'once enough live panels are open, queries and health checks hang.',
    sources: [{ spec: 'STREAM-209' }, { spec: 'DATA-401' }],
  },
  'paths-do-not-interfere': {
    statement: 'Streams on two paths of one data source each get their own packets, all of them.',
    level: 'must',
    consequence: 'one topic works, two on the same data source lose every second message.',
    sources: [{ spec: 'STREAM-209' }, { doc: 'Failure story 36: two paths on one data source interfere' }],
  },
  'publication-refused': {
    statement: 'PublishStream refuses publications to paths that nobody may write to.',
    level: 'must',
    consequence: "any viewer can put data into other people's panels.",
    sources: [{ spec: 'STREAM-402' }, { proto: 'PublishStreamResponse.status' }],
  },
  'publish-answer-is-json': {
    statement: 'The data of a publish answer is one JSON document or nothing.',
    level: 'must',
    consequence: 'Grafana closes the whole websocket of every subscriber of the channel with code 3506.',
    sources: [{ spec: 'STREAM-403' }, { proto: 'PublishStreamResponse.data' }],
  },
  'publish-answer-unchanged': {
    statement: 'An accepted publication is answered with the data that was published, or with none.',
    level: 'should',
    consequence:
      'subscribers get different data depending on whether it was published over websocket or HTTP.',
    sources: [{ spec: 'STREAM-405' }, { spec: 'STREAM-404' }],
  },
  'named-channel-can-be-subscribed': {
    statement: 'A channel that a frame of a query names in `meta.channel` can be subscribed to.',
    level: 'must',
    consequence: 'the panel shows static data and an error in the console.',
    sources: [{ spec: 'STREAM-501' }, { spec: 'STREAM-101' }, { spec: 'META-019' }],
  },
})
