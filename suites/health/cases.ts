import { failing } from './failing-configurations.ts'
import { repeated, working } from './working-configuration.ts'
import { backendDown, hangingBackend, scripted } from './reported-failures.ts'

/** Conversations about CheckHealth. */
export const cases = [working, repeated, failing, scripted, backendDown, hangingBackend]
