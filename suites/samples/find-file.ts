import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Looks for a file in the plugin's folder, the folder above it and the working directory, in this order. */
export async function findFile(
  name: string,
  directory: string | undefined,
  cwd: string,
): Promise<string | undefined> {
  const places = [...(directory === undefined ? [] : [directory, dirname(directory)]), cwd]
  for (const place of places) {
    const file = join(place, name)
    const there = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    )
    if (there) return file
  }
  return undefined
}
