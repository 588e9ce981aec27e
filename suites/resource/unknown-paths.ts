import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import { headerMap } from '../../host/context/header-map.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** Code of a method that a plugin does not offer (ERR-001). */
const UNIMPLEMENTED = 12

/** Asks for something that no plugin has, so that only the way to say so is judged. */
export const unknownPath = defineCase({
  id: 'resource/unknown-path',
  title: 'asks for a resource that does not exist',
  judges: [rules['http-errors-are-answers']],
  process: 'shared',
  variants: ['GET', 'POST', 'HEAD'],
  async run(t) {
    const request = resourceCall(t, { method: t.variant, path: 'conformance-no-such-resource' })
    const result = await t.plugin.resource.callResource(request).all()
    const rule = t.rule(rules['http-errors-are-answers'])
    if (isRefusal(result)) {
      if (await isConfigured(t))
        return rule.broken('a message with a code such as 404', describeResult(result))
      return rule.unverified('settings that the plugin can work with; add them to conformance.yaml')
    }
    const [first] = t.answered(result)
    t.note('code', String(first?.code ?? 'none'))
    return rule.upheld()
  },
})

/** Calls what the plugin's author wrote down, for this rule and for the watches over every answer. */
export const samples = defineCase({
  id: 'resource/samples',
  title: 'calls the resources in conformance.yaml',
  judges: [rules['http-errors-are-answers']],
  needs: [{ kind: 'sample', of: 'resources' }],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['http-errors-are-answers'])
    for (const { name, method, path: written, body } of t.samples.resources) {
      const [path = '', ...query] = written.split('?')
      const request = resourceCall(t, {
        method,
        path,
        query: query.join('?'),
        ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
      })
      const result = await t.plugin.resource.callResource(request).all()
      // SDK plugins refuse a percent sign in the decoded path as they find it (RES-212).
      if (isRefusal(result) && !request.path.includes('%'))
        return rule.broken(`an HTTP answer to ${name}`, describeResult(result))
      const [first] = t.answered(result)
      t.note(name, `code ${first?.code ?? 'none'}`)
    }
    return rule.upheld()
  },
})

function isRefusal(result: CallResult<unknown>): boolean {
  return result.kind === 'failed' && result.code !== UNIMPLEMENTED
}

/**
 * Whether the plugin made something of its settings.
 *
 * Without an instance SDK plugins refuse every call, which is no fault of the resource handler (ERR-006, CTX-407).
 */
async function isConfigured(t: SharedContext): Promise<boolean> {
  if (t.contract === 'scripted') return true
  const health = await t.plugin.diagnostics.checkHealth({
    pluginContext: t.context(),
    headers: headerMap(t.profile, 'health'),
  })
  return health.kind === 'answered' && health.message.status === CheckHealthResponse_HealthStatus.OK
}
