import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits around QueryData. */
export const oddballs = [
  defineOddball({
    id: 'succeeds-with-status-207',
    because: 'any 2xx on success is copied to the client unchanged and does no harm (DATA-301)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        toDataResponse(...answer) {
          const response = base.data.toDataResponse(...answer)
          return response.error === '' ? { ...response, status: 207 } : response
        },
      },
    }),
  }),
]
