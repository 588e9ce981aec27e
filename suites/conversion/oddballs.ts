import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** ConvertObjects: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'converts-nothing',
    because: 'UNIMPLEMENTED is allowed: conversion is simply not offered (CONV-008)',
    vary: (base) => ({ ...base, services: { ...base.services, conversion: false } }),
  }),
  defineOddball({
    id: 'answers-conversions-without-uid',
    because: "the Go SDK's conversion of queries leaves it empty (sdk-go:backend/conversion_adapter.go)",
    vary: (base) => ({
      ...base,
      conversion: {
        convert: async (...given) => ({ ...(await base.conversion.convert(...given)), uid: '' }),
      },
    }),
  }),
]
