import type { PreflightFindingKind } from '../../launch/preflight-finding.ts'
import type { StartFault } from '../../launch/start-fault.ts'
import type { Cause } from '../diagnosis.ts'

/** The cause when the files, or the system that refuses them, show why nothing can start (LIFE-002, LIFE-003). */
export function causeInFiles(fault: StartFault): Cause {
  if (fault.class === 'exec') return causeOfRefusal(fault)
  const { finding = 'missing' } = fault
  // A native program's interpreter is its dynamic loader.
  if (finding === 'missing-interpreter' && !fault.found.startsWith('#!')) return loaderMissing
  if (finding === 'missing-interpreter' && fault.found.includes('carriage return')) return carriageReturns
  return byFinding[finding]
}

const missing: Cause = {
  kind: 'executable-missing',
  cause:
    'It was not built for this platform, or it lies under another name: Grafana starts exactly <executable>_<os>_<arch>, beside plugin.json.',
}

const loaderMissing: Cause = {
  kind: 'loader-missing',
  cause:
    'The program is linked to a C library that is not on this system, typically glibc where there is musl (Alpine, and the default Grafana image); the system then says "no such file" of a file that exists.',
}

const carriageReturns: Cause = {
  kind: 'carriage-returns',
  cause: 'The script was saved or checked out with Windows line ends (git: core.autocrlf).',
}

const notAProgram: Cause = {
  kind: 'not-a-program',
  cause:
    'The file is a script without its first line, a pointer of Git LFS, or a download or build that failed.',
}

const interpreterMissing: Cause = {
  kind: 'interpreter-missing',
  cause: 'The first line of the script names a program that is not on this system under that path.',
}

const notExecutable: Cause = {
  kind: 'not-executable',
  cause:
    'Packaging lost the mode bits: zip files, artifacts of CI and file systems of Windows do; or the file system is mounted noexec.',
}

const wrongArchitecture: Cause = {
  kind: 'wrong-architecture',
  cause: 'It was built for another system or processor than its name promises, or copied over the right one.',
}

const byFinding: Readonly<Record<PreflightFindingKind, Cause>> = {
  missing,
  'not-executable': notExecutable,
  'wrong-architecture': wrongArchitecture,
  'missing-interpreter': interpreterMissing,
  'interpreter-on-path': interpreterMissing,
  'missing-library': {
    kind: 'library-missing',
    cause: 'The program is linked to shared libraries that were on the machine where it was built.',
  },
  glibc: loaderMissing,
  'unknown-format': notAProgram,
  mode: notExecutable,
  'missing-platform': missing,
  'wrong-name': missing,
  'without-backend': missing,
  'debug-file': { kind: 'other-place', cause: 'A debugging session left its files behind.' },
  'no-socket': {
    kind: 'no-socket',
    cause: 'The plugin is not running, it has removed its socket, or it listens elsewhere.',
  },
  metadata: missing,
}

function causeOfRefusal({ found }: StartFault): Cause {
  if (found.startsWith('EACCES')) return notExecutable
  if (found.startsWith('ENOEXEC')) return notAProgram
  return interpreterMissing
}
