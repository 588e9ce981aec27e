import { catalogue } from '../catalogue.ts'
import type { KnownIssue } from '../kernel/known-issue.ts'
import { findFile } from '../samples/find-file.ts'
import { readKnownIssues } from './read-known-issues.ts'

/** The name under which known issues are looked for. */
export const KNOWN_FILE = 'conformance.known.yaml'

/** Reads `conformance.known.yaml` from where samples are looked for too; no file means no known issues. */
export async function findKnownIssues(
  directory: string | undefined,
  cwd: string,
): Promise<readonly KnownIssue[]> {
  const file = await findFile(KNOWN_FILE, directory, cwd)
  return file === undefined ? [] : readKnownIssues(file, catalogue)
}
