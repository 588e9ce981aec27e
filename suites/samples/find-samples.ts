import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { noSamples } from '../kernel/samples.ts'
import type { Samples } from '../kernel/samples.ts'
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
  const places = [...(directory === undefined ? [] : [directory, dirname(directory)]), cwd]
  for (const place of places) {
    const file = join(place, SAMPLES_FILE)
    const there = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    )
    if (there) return { samples: await readConformanceYaml(file), file }
  }
  return { samples: noSamples, file: undefined }
}
