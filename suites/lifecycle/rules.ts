import { rules as runningRules } from './running-rules.ts'
import { rules as startRules } from './start-rules.ts'

/** The process: environment, connections, crash, end. */
export const rules = { ...startRules, ...runningRules }
