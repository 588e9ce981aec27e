import type { Case } from '../kernel/case.ts'
import { firstCallCases } from './first-call.ts'
import { instanceCases } from './instances.ts'
import { oddSettingsCases } from './odd-settings.ts'
import { secretCases } from './secrets.ts'
import { unusualContextCases } from './unusual-context.ts'
import { userCases } from './users.ts'

/** Conversations about the context of a request. */
export const cases: readonly Case[] = [
  ...userCases,
  ...unusualContextCases,
  ...oddSettingsCases,
  ...secretCases,
  ...instanceCases,
  ...firstCallCases,
]
