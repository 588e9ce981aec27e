import type { Message } from '@bufbuild/protobuf'
import { WireType } from '@bufbuild/protobuf/wire'

import type { ContextOptions } from '../../host/context/plugin-context.ts'
import { headerMap } from '../../host/context/header-map.ts'
import { queryHeaders } from '../../host/context/query-request.ts'
import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import type { Manner } from './ask.ts'
import { askHealth, askQuery } from './ask.ts'
import { rules } from './rules.ts'
import { sameOutcome } from './same-outcome.ts'

/** A data source, or app, of its own, because a changed configuration makes a new instance (CTX-402, CTX-404). */
const OWN: ContextOptions = { uid: 'conformance-unusual-context', orgId: 9_001n }

/** Length-delimited, five letters: a field that no version of the protocol knows (CTX-115). */
const FIELD_900 = {
  no: 900,
  wireType: WireType.LengthDelimited,
  data: new Uint8Array([5, 0x68, 0x65, 0x6c, 0x6c, 0x6f]),
}

/** What is unusual, by variant. */
interface Unusual {
  readonly emptyFields?: boolean
  readonly emptyConfig?: boolean
  readonly unknownKeys?: boolean
  readonly unknownFields?: boolean
}

const variations: Readonly<Record<string, Unusual>> = {
  'empty-fields': { emptyFields: true },
  'empty-config': { emptyConfig: true },
  'unknown-keys': { unknownKeys: true },
  'unknown-fields': { unknownFields: true },
  'all-together': { emptyFields: true, unknownKeys: true, unknownFields: true },
}

const unusual = defineCase({
  id: 'context/unusual-context',
  title: 'leaves out what is optional and adds what is unknown',
  judges: [rules['missing-and-unknown-parts-are-accepted']],
  process: 'shared',
  variants: Object.keys(variations),
  async run(t) {
    const variation = variations[t.variant] ?? {}
    const health = manner(t, variation, headerMap(t.profile, 'health'))
    const query = manner(t, variation, queryHeaders(t.profile, 'dashboard'))
    const context = t.context(OWN)
    await sameOutcome(t, rules['missing-and-unknown-parts-are-accepted'], [
      {
        method: 'CheckHealth',
        plain: () => askHealth(t, t.plugin, { context }),
        changed: () => askHealth(t, t.plugin, health),
      },
      {
        method: 'QueryData',
        plain: () => askQuery(t, t.plugin, { context }),
        changed: () => askQuery(t, t.plugin, query),
      },
    ])
  },
})

function manner(t: SharedContext, variation: Unusual, headers: Readonly<Record<string, string>>): Manner {
  return {
    context: unusualContext(t, variation),
    headers: variation.unknownKeys === true ? { ...headers, 'http_X-Not-Yet': 'x', 'not yet': 'ü' } : headers,
    touch: (request) => {
      if (variation.unknownFields === true) addField(request)
    },
  }
}

function unusualContext(t: SharedContext, variation: Unusual): PluginContext {
  const more = { GF_NOT_YET_KNOWN: 'x', 'not a variable': '' }
  const context = t.context({ ...OWN, ...(variation.unknownKeys === true ? { grafanaConfig: more } : {}) })
  if (variation.emptyConfig === true) context.grafanaConfig = {}
  if (variation.unknownFields === true) addField(context)
  if (variation.emptyFields !== true) return context
  // apiVersion and namespace are empty already, as in every recording (CTX-113).
  context.userAgent = ''
  context.pluginVersion = ''
  return context
}

function addField(message: Message): void {
  message.$unknown = [FIELD_900]
}

/** Conversations with more or less in the context than usual. */
export const unusualContextCases = [unusual]
