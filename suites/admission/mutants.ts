import { status } from '@grpc/grpc-js'

import type { AdmissionBehaviour, Behaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { settingsBytes } from './admission-request.ts'
import { rules } from './rules.ts'
import { readSettings } from './same-settings.ts'

/** ValidateAdmission and MutateAdmission: misdeeds. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'validates-but-does-not-mutate',
    breaks: [rules['both-methods-or-none']],
    mutate: (base) =>
      withAdmission(base, {
        mutate() {
          throw new RpcError(status.UNIMPLEMENTED, 'not implemented')
        },
      }),
  }),
  defineMutant({
    id: 'forgets-to-allow',
    breaks: [rules['valid-settings-admitted'], rules['denial-is-explained']],
    mutate: (base) =>
      withAdmission(base, {
        validate: async (...given) => ({ ...(await base.admission.validate(...given)), allowed: false }),
      }),
  }),
  defineMutant({
    id: 'returns-no-object-when-nothing-changed',
    breaks: [rules['mutation-returns-the-object']],
    mutate: (base) =>
      withAdmission(base, {
        mutate: async (...given) => ({
          ...(await base.admission.mutate(...given)),
          objectBytes: new Uint8Array(),
        }),
      }),
  }),
  defineMutant({
    id: 'returns-the-object-as-json',
    breaks: [rules['mutation-returns-the-object']],
    mutate: (base) =>
      withAdmission(base, {
        async mutate(...given) {
          const response = await base.admission.mutate(...given)
          const object = readSettings(response.objectBytes)
          return object === undefined
            ? response
            : { ...response, objectBytes: Buffer.from(JSON.stringify({ uid: object.uid })) }
        },
      }),
  }),
  defineMutant({
    id: 'drops-the-secrets-of-the-object',
    breaks: [rules['mutation-returns-the-object']],
    mutate: (base) =>
      withAdmission(base, {
        async mutate(...given) {
          const response = await base.admission.mutate(...given)
          const object = readSettings(response.objectBytes)
          return object === undefined
            ? response
            : { ...response, objectBytes: settingsBytes({ ...object, decryptedSecureJsonData: {} }) }
        },
      }),
  }),
  defineMutant({
    id: 'appends-a-slash-at-every-save',
    breaks: [rules['mutation-is-idempotent'], rules['mutation-returns-the-object']],
    mutate: (base) =>
      withAdmission(base, {
        async mutate(...given) {
          const response = await base.admission.mutate(...given)
          const object = readSettings(response.objectBytes)
          return object === undefined
            ? response
            : { ...response, objectBytes: settingsBytes({ ...object, url: `${object.url}/` }) }
        },
      }),
  }),
  defineMutant({
    id: 'admits-objects-of-any-kind',
    breaks: [rules['foreign-objects-refused']],
    mutate: (base) =>
      withAdmission(base, {
        async validate(request, call) {
          const response = await base.admission.validate(request, call)
          return request.kind?.kind === 'DataSourceInstanceSettings'
            ? response
            : { ...response, allowed: true }
        },
      }),
  }),
  defineMutant({
    id: 'denies-with-a-grpc-error',
    breaks: [rules['denial-is-in-band']],
    mutate: (base) =>
      withAdmission(base, {
        async validate(...given) {
          const response = await base.admission.validate(...given)
          if (response.allowed) return response
          throw new RpcError(status.INVALID_ARGUMENT, response.result?.message ?? 'denied')
        },
      }),
  }),
  defineMutant({
    id: 'denies-without-a-word',
    breaks: [rules['denial-is-explained']],
    mutate: (base) =>
      withAdmission(base, {
        async validate(...given) {
          const { result: _, ...response } = await base.admission.validate(...given)
          return response
        },
      }),
  }),
  defineMutant({
    id: 'warns-at-length',
    breaks: [rules['warnings-are-short']],
    mutate: (base) =>
      withAdmission(base, {
        validate: async (...given) => ({
          ...(await base.admission.validate(...given)),
          warnings: ['Consider this. '.repeat(20)],
        }),
      }),
  }),
]

function withAdmission(base: Behaviour, change: Partial<AdmissionBehaviour>): Behaviour {
  return { ...base, admission: { ...base.admission, ...change } }
}
