import type { Oddball } from '../kernel/oddball.ts'
import { oddballs as runningOddballs } from './running-oddballs.ts'
import { oddballs as startOddballs } from './start-oddballs.ts'
import { oddballs as transportOddballs } from './transport-oddballs.ts'

/** The process: environment, connections, crash, end: legal habits. */
export const oddballs: readonly Oddball[] = [...startOddballs, ...runningOddballs, ...transportOddballs]
