import { columnsFaults } from './broken-columns.ts'
import { containerFaults } from './broken-container.ts'
import type { Fault } from './broken-file.ts'
import { metadataFaults } from './broken-metadata.ts'

/** One broken file for each rule that is judged from the bytes alone. */
export const faults: readonly Fault[] = [...containerFaults, ...columnsFaults, ...metadataFaults]
