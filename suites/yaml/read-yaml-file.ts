import { readFile } from 'node:fs/promises'

import { ConformanceError } from '../../host/conformance-error.ts'

/** The text of a configuration file; a file that can't be read is a mistake of whoever named it. */
export async function readYamlFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConformanceError('configuration-invalid', `${file} can't be read: ${why}`, { cause: error })
  }
}
