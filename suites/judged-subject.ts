import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

import { formatAddress } from '../host/handshake/handshake.ts'
import { preflight } from '../host/launch/preflight.ts'
import { childSpawner } from '../host/launch/spawn-child.ts'
import type { PluginJson, Subject } from '../host/launch/subject.ts'
import type { JudgedSubject } from './kernel/subject.ts'

/** Prepares what a user named for judgement: its declarations, its files, the way it is started. */
export async function judgedSubject(subject: Subject): Promise<JudgedSubject> {
  const { pluginJson } = subject
  const declared = {
    id: pluginJson?.id ?? 'unknown-plugin',
    version: pluginJson?.version ?? '',
    type: typeOf(pluginJson),
    declares: declarations(pluginJson),
    hasPluginJson: pluginJson !== undefined,
    preflight: await preflight(subject),
  }
  if (subject.kind === 'attached') {
    const command = formatAddress(subject.address)
    return {
      ...declared,
      command,
      directory: undefined,
      sha256: undefined,
      start: 'attached',
      spawn: undefined,
      address: subject.address,
    }
  }
  return {
    ...declared,
    command: subject.executable,
    directory: subject.directory,
    sha256: await sha256(subject.executable),
    start: 'child',
    spawn: childSpawner(subject.executable),
    address: undefined,
  }
}

/** What plugin.json promises; without one nothing is promised. */
export function declarations(pluginJson: PluginJson | undefined): JudgedSubject['declares'] {
  return {
    streaming: pluginJson?.streaming ?? false,
    alerting: pluginJson?.alerting ?? false,
    metrics: pluginJson?.metrics ?? false,
    tracing: pluginJson?.tracing ?? false,
  }
}

function typeOf(pluginJson: PluginJson | undefined): JudgedSubject['type'] {
  return pluginJson?.type === 'datasource' || pluginJson?.type === 'app' ? pluginJson.type : undefined
}

async function sha256(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  } catch {
    // A file that can't be read has a finding of its own in the preflight.
    return undefined
  }
}
