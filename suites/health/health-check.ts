import type { ContextOptions } from '../../host/context/plugin-context.ts'
import { headerMap } from '../../host/context/header-map.ts'
import type { CaseContext } from '../kernel/case-context.ts'

/** The CheckHealth request behind "Save & test" (HEALTH-001). */
export function healthCheck(t: CaseContext, options: ContextOptions = {}) {
  return { pluginContext: t.context(options), headers: headerMap(t.profile, 'health') }
}

/** Whether the author of the plugin wrote down settings that work. */
export function hasSampleSettings({ samples }: CaseContext): boolean {
  return Object.values(samples.settings).some((setting) => setting !== undefined)
}
