import type { ResourceBehaviour } from '../behaviour.ts'
import { answerResource } from './answer-resource.ts'
import { toMessages } from './to-messages.ts'

/** HTTP without HTTP: an answer is made first, then cut into messages. */
export const referenceResource: ResourceBehaviour = {
  async *callResource(request, call) {
    const answer = await call.behaviour.resource.answer(request, call)
    yield* call.behaviour.resource.toMessages(answer, call)
  },
  answer: answerResource,
  toMessages,
}
