import { rules as runningRules } from './running-rules.ts'
import { rules as startRules } from './start-rules.ts'
import { rules as transportRules } from './transport-rules.ts'

/** The process: environment, connections, crash, end. */
export const rules = { ...startRules, ...runningRules, ...transportRules }
