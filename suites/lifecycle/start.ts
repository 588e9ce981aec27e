import type { Case } from '../kernel/case.ts'
import { copies } from './copies.ts'
import { environment } from './environment.ts'
import { place } from './place.ts'

/** The start: environment, files around it, address: conversations. */
export const cases: readonly Case[] = [...environment, ...place, ...copies]
