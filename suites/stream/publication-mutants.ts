import { PublishStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { defineMutant } from '../kernel/mutant.ts'
import { isRecord, readDocument } from './document.ts'
import { jsonBytes } from './route.ts'
import { rules } from './rules.ts'
import { withStream } from './variation.ts'

const { OK } = PublishStreamResponse_Status

/** Misdeeds around PublishStream and the channels that queries name. */
export const publicationMutants = [
  defineMutant({
    id: 'lets-everybody-publish',
    breaks: [rules['publication-refused']],
    mutate: (base) =>
      withStream(base, {
        publishStream: async (...given) => ({ ...(await base.stream.publishStream(...given)), status: OK }),
      }),
  }),
  defineMutant({
    id: 'thanks-publishers-in-plain-text',
    breaks: [rules['publish-answer-is-json']],
    mutate: (base) =>
      withStream(base, {
        publishStream: async (...given) => ({
          ...(await base.stream.publishStream(...given)),
          data: Buffer.from('thank you'),
        }),
      }),
  }),
  defineMutant({
    id: 'stamps-publications',
    breaks: [rules['publish-answer-unchanged']],
    mutate: (base) =>
      withStream(base, {
        async publishStream(...given) {
          const response = await base.stream.publishStream(...given)
          const document = readDocument(response.data)
          if (document.kind !== 'json' || !isRecord(document.value)) return response
          return { ...response, data: jsonBytes({ ...document.value, seen: true }) }
        },
      }),
  }),
  defineMutant({
    id: 'names-a-channel-without-its-scope',
    breaks: [rules['named-channel-can-be-subscribed']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        encodeFrame(frame, ...rest) {
          const channel = frame.meta?.['channel']
          if (typeof channel !== 'string') return base.data.encodeFrame(frame, ...rest)
          const meta = { ...frame.meta, channel: channel.split('/').slice(2).join('/') }
          return base.data.encodeFrame({ ...frame, meta }, ...rest)
        },
      },
    }),
  }),
]
