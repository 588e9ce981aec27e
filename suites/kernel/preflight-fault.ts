import type { PreflightFinding } from '../../host/launch/preflight.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'

/** The diagnosis when the files alone show that the plugin can't start. */
export function preflightFault(finding: PreflightFinding): StartFault {
  return {
    class: 'preflight',
    what: finding.what,
    expected: finding.expected,
    found: finding.found,
    fix: finding.fix,
    grafanaLog: finding.grafanaLog ?? '',
    blast: 'plugin',
    stderr: [],
    ms: 0,
  }
}
