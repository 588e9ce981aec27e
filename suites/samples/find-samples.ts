import { noSamples } from '../kernel/samples.ts'
import type { Samples } from '../kernel/samples.ts'
import { findFile } from './find-file.ts'
import { readConformanceYaml } from './read-conformance-yaml.ts'

/** The name under which samples are looked for. */
export const SAMPLES_FILE = 'conformance.yaml'

/** Samples that were found, and where. */
export interface FoundSamples {
  readonly samples: Samples
  readonly file: string | undefined
}

/** Looks for `conformance.yaml` in the plugin's folder, the folder above it and the working directory, in this order. */
export async function findSamples(directory: string | undefined, cwd: string): Promise<FoundSamples> {
  const file = await findFile(SAMPLES_FILE, directory, cwd)
  return { samples: file === undefined ? noSamples : await readConformanceYaml(file), file }
}
