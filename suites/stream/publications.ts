import { PublishStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { offered } from './conversation.ts'
import { jsonBytes, unknownRoute } from './route.ts'
import { rules } from './rules.ts'

const { OK } = PublishStreamResponse_Status

/** What clients publish: objects, lists, single values. */
const publications = [{ a: [1, 2.5, 'ü'] }, [], null, 'text']

const publish = defineCase({
  id: 'stream/publish',
  title: 'publishes to a random path; where they are known also to a read-only and to an open one',
  judges: [rules['publication-refused']],
  process: 'shared',
  async run(t) {
    const { path } = unknownRoute(() => t.random())
    const rule = t.rule(rules['publication-refused'])
    const closed = t.contract === 'scripted' ? [path, 'tick'] : [path]
    for (const one of closed) {
      const status = await publishTo(t, one, { value: 1 })
      if (status === OK)
        return rule.broken('status NOT_FOUND (1) or PERMISSION_DENIED (2)', `status OK for ${one}`)
    }
    // For the observer of answers. A black box might pass a publication on to people, so it gets none.
    if (t.contract === 'scripted')
      for (const value of publications) await publishTo(t, 'conformance/publish', value)
    return rule.upheld()
  },
})

async function publishTo(
  t: SharedContext,
  path: string,
  value: unknown,
): Promise<PublishStreamResponse_Status> {
  const request = { pluginContext: t.context(), path, data: jsonBytes(value) }
  return offered(t, await t.plugin.stream.publishStream(request)).status
}

/** Conversations about publications. */
export const publicationCases = [publish]
