import { status } from '@grpc/grpc-js'

import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** ValidateAdmission and MutateAdmission: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'has-no-admission-control',
    because:
      'settings of version v0alpha1 are saved as they are when the plugin answers UNIMPLEMENTED (ADM-008)',
    vary: (base) => ({ ...base, services: { ...base.services, admission: false } }),
  }),
  defineOddball({
    id: 'fails-the-admission-of-foreign-objects',
    because: 'what can not be processed may fail the call (ADM-003, ADM-012)',
    vary: (base) => ({
      ...base,
      admission: {
        ...base.admission,
        async validate(request, call) {
          if (request.kind?.kind !== 'DataSourceInstanceSettings')
            throw new RpcError(status.INVALID_ARGUMENT, 'unknown kind')
          return base.admission.validate(request, call)
        },
      },
    }),
  }),
  defineOddball({
    id: 'warns-in-a-few-words',
    because: 'warnings are permitted and ignored (ADM-011)',
    vary: (base) => ({
      ...base,
      admission: {
        ...base.admission,
        validate: async (...given) => ({
          ...(await base.admission.validate(...given)),
          warnings: ['The URL is not encrypted.'],
        }),
      },
    }),
  }),
]
