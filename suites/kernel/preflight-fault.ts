import type { PreflightFinding } from '../../host/launch/preflight.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { anyVoice, startLogLine } from '../../host/logs/start-log-line.ts'
import type { LogVoice } from '../../host/logs/start-log-line.ts'

/** What each kind of finding means for a start, in front of the thing that it is about. */
const meanings: Readonly<Record<PreflightFinding['kind'], string>> = {
  missing: 'The executable is missing',
  'not-executable': 'The executable may not be executed',
  'wrong-architecture': 'The executable is built for another platform',
  'missing-interpreter': 'The interpreter of the executable is missing',
  'missing-library': 'A shared library of the executable is missing',
  'interpreter-on-path': 'The interpreter of the executable is looked up on PATH',
  glibc: 'The executable needs glibc',
  'unknown-format': 'The system does not know how to run the executable',
  mode: 'A file has the wrong mode',
  'missing-platform': 'A platform is missing',
  'wrong-name': 'The executable has a name that Grafana does not look for',
  'without-backend': 'plugin.json declares no backend',
  'debug-file': 'A debug file lies beside the executable',
  'no-socket': 'There is no socket to attach to',
  metadata: 'plugin.json says something else than it should',
}

/** The diagnosis when the files alone show that the plugin can't start. */
export function preflightFault(finding: PreflightFinding, voice: LogVoice = anyVoice): StartFault {
  return {
    class: 'preflight',
    finding: finding.kind,
    what: `${meanings[finding.kind]}: ${finding.what}`,
    expected: finding.expected,
    found: finding.found,
    fix: finding.fix,
    grafanaLog: finding.grafanaLog === undefined ? '' : startLogLine(finding.grafanaLog, voice),
    blast: 'plugin',
    stderr: [],
    ms: 0,
  }
}
