import { rm } from 'node:fs/promises'

import { probeAddress } from './probe-address.ts'

/** Takes away a socket file that nobody listens on any more, so that killed plugins do not fill the temporary folder. */
export async function removeDeadSocket(path: string, patience: number): Promise<void> {
  const probe = await probeAddress({ kind: 'unix', path }, patience)
  if (probe.kind === 'refused' && probe.code === 'ECONNREFUSED') await rm(path, { force: true })
}
