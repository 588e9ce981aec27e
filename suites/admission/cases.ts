import type { MutationResponse } from '../../proto/gen/grafana/backend_pb.js'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { Case } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { needs } from '../kernel/need.ts'
import { admissionRequest, newSettings, settingsBytes } from './admission-request.ts'
import { rules } from './rules.ts'
import { readSettings, sameSettings } from './same-settings.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

const bothMethods = defineCase({
  id: 'admission/both-methods',
  title: 'calls ValidateAdmission and MutateAdmission with the same settings',
  judges: [rules['both-methods-or-none']],
  needs: [needs.datasource],
  process: 'shared',
  async run(t) {
    const request = admissionRequest(t, { bytes: settingsBytes(newSettings(t)) })
    const validated = await t.plugin.admission.validateAdmission(request)
    const mutated = await t.plugin.admission.mutateAdmission(request)
    const absent = [validated, mutated].filter(isAbsent)
    const rule = t.rule(rules['both-methods-or-none'])
    if (absent.length === 1)
      return rule.broken(
        'both methods or none',
        `${isAbsent(validated) ? 'ValidateAdmission' : 'MutateAdmission'} alone answers UNIMPLEMENTED`,
      )
    // A call that fails for another reason shows no more than that somebody is there; one answer has to come.
    const answered = [validated, mutated].some((result) => result.kind === 'answered')
    if (!answered) t.answered<unknown>(validated)
    return rule.upheld()
  },
})

const validSettings = defineCase({
  id: 'admission/valid-settings',
  title: 'asks for the admission of settings, mutates them and mutates the result again',
  judges: [
    rules['valid-settings-admitted'],
    rules['mutation-returns-the-object'],
    rules['mutation-is-idempotent'],
  ],
  needs: [needs.datasource],
  process: 'shared',
  variants: ['create', 'update'],
  async run(t) {
    const operation = t.variant === 'update' ? 'update' : 'create'
    const settings = newSettings(t)
    const request = admissionRequest(t, { operation, bytes: settingsBytes(settings) })
    const validated = t.answered(await t.plugin.admission.validateAdmission(request))
    const mutated = t.answered(await t.plugin.admission.mutateAdmission(request))
    const admitted = t.rule(rules['valid-settings-admitted'])
    const denial = [validated, mutated].find((answer) => !answer.allowed)
    if (denial !== undefined) {
      const reason = JSON.stringify(denial.result?.message ?? '')
      // A black box may have its reasons; a scripted subject is asked for nothing that needs a backend.
      if (t.contract === 'scripted') admitted.broken('allowed = true', `allowed = false: ${reason}`)
      else admitted.unverified(`settings in conformance.yaml that the plugin admits: it says ${reason}`)
    } else admitted.upheld()
    await judgeMutation(t, mutated, { operation, validates: validated.allowed })
  },
})

async function judgeMutation(
  t: SharedContext,
  mutated: MutationResponse,
  { operation, validates }: { readonly operation: 'create' | 'update'; readonly validates: boolean },
): Promise<void> {
  const complete = t.rule(rules['mutation-returns-the-object'])
  const idempotent = t.rule(rules['mutation-is-idempotent'])
  if (!mutated.allowed) {
    complete.unverified('settings in conformance.yaml that the plugin admits')
    return idempotent.unverified('settings in conformance.yaml that the plugin admits')
  }
  const object = readSettings(mutated.objectBytes)
  const expected = 'the settings as a protobuf message DataSourceInstanceSettings'
  if (object === undefined) {
    complete.broken(expected, describeBytes(mutated.objectBytes))
    return idempotent.unverified('a mutation that returns its object')
  }
  const settings = newSettings(t)
  // A black box may add what it likes; nothing of these settings is there to be put right by a scripted subject.
  if (object.uid !== settings.uid)
    complete.broken(`${expected}, uid ${settings.uid}`, `uid ${JSON.stringify(object.uid)}`)
  else if (t.contract === 'scripted' && !sameSettings(object, settings))
    complete.broken('the settings of the request, which need no change', 'other settings')
  else complete.upheld()

  const again = admissionRequest(t, { operation, bytes: mutated.objectBytes })
  const twice = t.answered(await t.plugin.admission.mutateAdmission(again))
  const validated = t.answered(await t.plugin.admission.validateAdmission(again))
  const second = readSettings(twice.objectBytes)
  // Where validation denies everything it says nothing about what mutation made.
  if ((validates && !validated.allowed) || !twice.allowed)
    return idempotent.broken('the mutated settings are admitted', 'they are denied')
  if (second === undefined || !sameSettings(object, second))
    return idempotent.broken('the same settings after a second mutation', 'other settings')
  return idempotent.upheld()
}

/** Bytes that no protobuf reader takes for a message: a field that is longer than all of it. */
const GARBAGE = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0x7f, 0x01)

const foreignObjects = defineCase({
  id: 'admission/foreign-objects',
  title: 'asks for the admission of JSON of an unknown kind, and of bytes that are no settings',
  judges: [rules['foreign-objects-refused']],
  needs: [needs.datasource],
  process: 'shared',
  variants: ['unknown-kind', 'garbage'],
  async run(t) {
    await requireAdmission(t)
    const request =
      t.variant === 'garbage'
        ? admissionRequest(t, { bytes: GARBAGE })
        : admissionRequest(t, { kind: 'ConformanceThing', bytes: new TextEncoder().encode('{"spec":{}}') })
    const rule = t.rule(rules['foreign-objects-refused'])
    for (const method of ['validateAdmission', 'mutateAdmission'] as const) {
      const result: CallResult<{ readonly allowed: boolean }> = await t.plugin.admission[method](request)
      if (result.kind === 'failed') continue
      const { allowed } = t.answered(result)
      if (allowed) return rule.broken('allowed = false or a gRPC error', `${method} answers allowed = true`)
    }
    return rule.upheld()
  },
})

const unusableSettings = defineCase({
  id: 'admission/unusable-settings',
  title: 'asks for the admission of settings whose jsonData is not JSON',
  judges: [rules['denial-is-in-band']],
  needs: [needs.datasource],
  process: 'shared',
  async run(t) {
    await requireAdmission(t)
    const settings = { ...newSettings(t), jsonData: new TextEncoder().encode('{"url": ') }
    const request = admissionRequest(t, { bytes: settingsBytes(settings) })
    const rule = t.rule(rules['denial-is-in-band'])
    const result = await t.plugin.admission.validateAdmission(request)
    if (result.kind === 'failed' && t.contract === 'scripted')
      return rule.broken('an answer with allowed = false', describeResult(result))
    // What cannot be read at all may fail the call, so a black box is not blamed for doing so here.
    const { allowed } = t.answered(result)
    return allowed ? rule.unverified('settings that the plugin rejects') : rule.upheld()
  },
})

/** Ends the case unless the plugin answers for good settings: a refusal says nothing where everything is refused. */
async function requireAdmission(t: SharedContext): Promise<void> {
  const request = admissionRequest(t, { bytes: settingsBytes(newSettings(t)) })
  t.answered(await t.plugin.admission.validateAdmission(request))
}

function isAbsent(result: CallResult<unknown>): boolean {
  return result.kind === 'failed' && result.code === UNIMPLEMENTED
}

function describeBytes(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'no bytes' : `${bytes.length} bytes that can not be decoded`
}

/** ValidateAdmission and MutateAdmission: conversations. */
export const cases: readonly Case[] = [bothMethods, validSettings, foreignObjects, unusableSettings]
