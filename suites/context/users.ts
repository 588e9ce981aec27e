import { grafanaJson } from '../../host/context/grafana-json.ts'
import type { JsonInput } from '../../host/context/grafana-json.ts'
import { queryHeaders } from '../../host/context/query-request.ts'
import type { Requester } from '../../host/context/users.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import { askHealth, askQuery } from './ask.ts'
import { rules } from './rules.ts'
import { sameOutcome } from './same-outcome.ts'

const someone = { login: 'someone', name: 'Someone', email: 'someone@example.org' }

/** Who may ask: everyone that a real Grafana was seen to speak for, and roles to come (CTX-108). */
const requesters: Readonly<Record<string, Requester>> = {
  nobody: 'none',
  'role-none': { ...someone, role: 'None' },
  'role-empty': { ...someone, role: '' },
  'role-unknown': { ...someone, role: 'SomethingNew' },
  'service-account': 'service-account',
  anonymous: 'anonymous',
  'all-empty': {},
}

const user = defineCase({
  id: 'context/other-users',
  title: 'asks as an admin, then the same as somebody else',
  judges: [rules['any-user-is-served']],
  process: 'shared',
  variants: Object.keys(requesters),
  async run(t) {
    // The organisation stays, because it is part of the instance's identity for apps (CTX-404).
    const context = t.context({ user: requesters[t.variant] ?? 'none', orgId: 1n })
    await sameOutcome(t, rules['any-user-is-served'], [
      {
        method: 'CheckHealth',
        plain: () => askHealth(t, t.plugin),
        changed: () => askHealth(t, t.plugin, { context }),
      },
      {
        method: 'QueryData',
        plain: () => askQuery(t, t.plugin),
        changed: () => askQuery(t, t.plugin, { context }),
      },
    ])
  },
})

/** The deadline that the alert engine sets (CTX-204, both recordings). */
const EVALUATION_MS = 30_000

const alert = defineCase({
  id: 'context/alert-evaluation',
  title: 'asks a query as a dashboard does, then as the evaluation of an alert rule does',
  judges: [rules['alerting-is-served']],
  needs: [{ kind: 'declares', key: 'alerting' }],
  process: 'shared',
  async run(t) {
    const query = t.query()
    await sameOutcome(t, rules['alerting-is-served'], [
      {
        method: 'QueryData',
        plain: () => askQuery(t, t.plugin, { query }),
        changed: () =>
          askQuery(t, t.plugin, {
            query: asAlertQuery(query),
            context: t.context({ user: 'scheduler' }),
            headers: queryHeaders(t.profile, 'alert'),
            options: { deadlineMs: EVALUATION_MS },
          }),
      },
    ])
  },
})

/** The query of an alert rule does not name its data source in the model (CTX-204). */
export function asAlertQuery(query: DataQuery): DataQuery {
  // The host wrote this JSON itself.
  const { datasource, ...model } = JSON.parse(new TextDecoder().decode(query.json)) as Record<
    string,
    JsonInput
  >
  return datasource === undefined ? query : { ...query, json: new TextEncoder().encode(grafanaJson(model)) }
}

/** Conversations about who asks. */
export const userCases = [user, alert]
