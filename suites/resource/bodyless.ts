import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { joinedBody, resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** Asks for the two statuses that never have a body; the message that carries them has to come all the same. */
export const bodyless = defineCase({
  id: 'resource/status-without-body',
  title: 'asks for answers with status 204 and 304',
  judges: [rules['at-least-one-message'], rules['no-body-with-204-or-304']],
  needs: [needs.scripted],
  process: 'shared',
  variants: ['204', '304'],
  async run(t) {
    const request = resourceCall(t, { method: 'GET', path: `conformance/status/${t.variant}` })
    const messages = t.answered(await t.plugin.resource.callResource(request).all())
    if (messages.length > 0) t.rule(rules['at-least-one-message']).upheld()
    else t.rule(rules['at-least-one-message']).broken('one message', 'status OK without a message')
    const { length } = joinedBody(messages)
    if (messages[0] !== undefined && messages[0].code !== Number(t.variant))
      t.rule(rules['no-body-with-204-or-304']).unverified(`an answer with status ${t.variant}`)
    else if (length === 0) t.rule(rules['no-body-with-204-or-304']).upheld()
    else t.rule(rules['no-body-with-204-or-304']).broken('no body', `a body of ${length} bytes`)
  },
})
