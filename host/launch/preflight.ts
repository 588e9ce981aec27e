import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'

import type { Address } from '../handshake/handshake.ts'
import { isFile } from './find-plugin-json.ts'
import { inspectExecutable } from './inspect-executable.ts'
import { manifestAdvice } from './manifest-advice.ts'
import { missingExecutable } from './missing-executable.ts'
import type { Platform } from './platform.ts'
import { currentPlatform, declaredExecutable, executableName } from './platform.ts'
import type { PreflightFinding } from './preflight-finding.ts'
import { shippedFiles } from './shipped-files.ts'
import { findStandalone } from './standalone.ts'
import type { StandaloneServer } from './standalone.ts'
import { startable } from './startable.ts'
import type { ExecutableSubject, Subject } from './subject.ts'

export type { PreflightFinding, PreflightFindingKind } from './preflight-finding.ts'

/**
 * Looks at a plugin's files before anything is started; the fatal findings, which come first, say why a start would fail.
 *
 * Covers LIFE-002, 003, 004 and 182. Signatures (LIFE-005) are not looked at: what is tested here is mostly not signed yet.
 */
export async function preflight(
  subject: Subject,
  platform: Platform = currentPlatform(),
): Promise<readonly PreflightFinding[]> {
  if (subject.kind === 'attached') return attachedFindings(subject.address)
  const inspection = await inspectExecutable(subject.executable)
  const findings = [
    ...(inspection.exists
      ? await startable(inspection, platform)
      : [await missingExecutable(subject.executable, platform)]),
    ...declarationFindings(subject, platform),
    ...(await shippedFiles(subject)),
    ...(await debugFiles(subject)),
    ...(await metadataFindings(subject)),
  ]
  return [...findings.filter((finding) => finding.fatal), ...findings.filter((finding) => !finding.fatal)]
}

async function attachedFindings(address: Address): Promise<readonly PreflightFinding[]> {
  if (address.kind !== 'unix') return []
  const stats = await stat(address.path).catch(() => undefined)
  if (stats?.isSocket() === true) return []
  return [
    {
      spec: 'LIFE-051',
      kind: 'no-socket',
      fatal: true,
      what: address.path,
      expected: 'a unix socket on which the plugin listens',
      found: stats === undefined ? 'nothing there' : 'something that is no socket',
      fix: 'Start the plugin first, and attach to the path in the line that it prints.',
    },
  ]
}

/** What a user-given executable leaves open: whether Grafana would start this very file for the plugin.json that goes with it. */
function declarationFindings(subject: ExecutableSubject, platform: Platform): readonly PreflightFinding[] {
  const { pluginJson, pluginJsonPath } = subject
  if (pluginJson === undefined || pluginJsonPath === undefined) return []
  const declared = declaredExecutable(pluginJson)
  if (!pluginJson.backend || declared === undefined) {
    return [
      {
        spec: 'LIFE-002',
        kind: 'without-backend',
        fatal: false,
        what: pluginJsonPath,
        expected: '"backend": true and a non-empty "executable"',
        found: `${pluginJson.backend ? '"backend": true' : 'no "backend": true'}${declared === undefined ? ' and no "executable"' : ''}`,
        fix: 'Declare both; without them Grafana starts no process.',
      },
    ]
  }
  const expected = executableName(path.basename(declared), platform)
  if (path.basename(subject.executable) === expected) return []
  return [
    {
      spec: 'LIFE-001',
      kind: 'wrong-name',
      fatal: false,
      what: subject.executable,
      expected: `the name ${expected}, which Grafana would start for ${pluginJsonPath}`,
      found: path.basename(subject.executable),
      fix: `Ship it as ${expected}.`,
    },
  ]
}

async function metadataFindings({ pluginJsonPath }: ExecutableSubject): Promise<readonly PreflightFinding[]> {
  if (pluginJsonPath === undefined) return []
  const text = await readFile(pluginJsonPath, 'utf8').catch(() => '')
  return manifestAdvice(text, pluginJsonPath).map(({ about, place, expected, found, fix }) => ({
    spec: 'LIFE-002',
    kind: 'metadata',
    about,
    fatal: false,
    what: place,
    expected,
    found,
    fix,
  }))
}

async function debugFiles(subject: ExecutableSubject): Promise<readonly PreflightFinding[]> {
  const findings: PreflightFinding[] = []
  const server = await findStandalone(subject, {})
  for (const folder of new Set([path.dirname(subject.executable), subject.directory])) {
    for (const name of ['standalone.txt', 'pid.txt']) {
      const file = path.join(folder, name)
      if (!(await isFile(file))) continue
      const text = await readFile(file, 'utf8').catch(() => '')
      findings.push(debugFile(file, text, server?.namedBy === file ? server : undefined))
    }
  }
  return findings
}

function debugFile(file: string, content: string, server: StandaloneServer | undefined): PreflightFinding {
  const standalone = path.basename(file) === 'standalone.txt'
  const effect = standalone ? '; a plugin on the Go SDK announces that address instead of serving' : ''
  return {
    spec: 'LIFE-182',
    kind: 'debug-file',
    fatal: false,
    what: file,
    expected: 'no standalone.txt and no pid.txt, which a -standalone debugging session leaves behind',
    found: `${JSON.stringify(content.slice(0, SHOWN))}${effect}`,
    fix:
      server?.attach !== undefined && server.runs
        ? `To judge the server that is debugged, attach with --attach ${server.attach}; else end its session and delete ${file}.`
        : `End the debugging session, then delete ${file}.`,
  }
}

/** An address or a process id is shorter than this. */
const SHOWN = 60
