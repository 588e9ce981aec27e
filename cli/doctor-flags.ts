import type { Command } from 'commander'

import { addStartFlags } from './run-flags.ts'
import type { StartFlags } from './run-flags.ts'

/** The flags of `doctor`, as commander hands them over. */
export interface DoctorFlags extends StartFlags {
  readonly json?: true
}

/** Adds the flags of `doctor` to a command. */
export function addDoctorFlags(command: Command): Command {
  return addStartFlags(command.option('--json', 'print the examination as JSON'))
}
