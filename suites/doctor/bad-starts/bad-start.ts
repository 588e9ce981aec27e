import type { Budgets } from '../../../host/budgets.ts'
import type { ConformanceErrorCode } from '../../../host/conformance-error.ts'
import type { DiagnosisKind } from '../../../host/diagnosis/diagnosis.ts'
import type { Entry } from '../../../host/launch/temporary-folder.ts'

/** A plugin that does not come up, how to make it, and what the doctor has to say. */
export interface BadStart {
  /** A misdeed in the third person: `prints-a-banner`. */
  readonly id: string
  /** The failure story in docs/protocol/pain.md. */
  readonly story?: number
  /** Files of its folder, besides a good plugin.json, by path. `{program}` in a path stands for the executable's name. */
  readonly files: Readonly<Record<string, Entry>>
  /** What is diagnosed, or the error that keeps anything from being started. */
  readonly diagnosed: DiagnosisKind | ConformanceErrorCode
  /** Phrases that the sheet has to have. */
  readonly says: readonly string[]
  /** Waits that are shortened, for plugins that hang. */
  readonly budgets?: Partial<Budgets>
  /** The environment of the server, for plugins that need more than Grafana hands down. `{folder}` stands for the plugin's folder. */
  readonly inherited?: Readonly<Record<string, string>>
  /** Only where the system tells what is looked at: /proc, or the formats of Linux. */
  readonly linux?: true
}

/** Name of the executable in the folders that are made. */
export const program = '{program}'

/** A folder whose executable is a shell script of these lines. */
export function shell(...lines: readonly string[]): BadStart['files'] {
  return { [program]: { content: ['#!/bin/sh', ...lines, ''].join('\n'), mode: 0o755 } }
}

/** A folder whose executable is a Node script. */
export function node(...lines: readonly string[]): BadStart['files'] {
  return { [program]: { content: [`#!${process.execPath}`, ...lines, ''].join('\n'), mode: 0o755 } }
}

/** Prints these lines at once, so that a diagnosis knows all of them, and lives on. */
export function printing(...lines: readonly string[]): BadStart['files'] {
  const text = lines.map((line) => `${line}\\n`).join('')
  return shell(`printf '${text.replaceAll('%', '%%').replaceAll("'", String.raw`'\''`)}'`, 'exec sleep 60')
}

/** Says these lines on stderr and ends. */
export function dying(status: number, ...lines: readonly string[]): BadStart['files'] {
  return shell("cat >&2 <<'END'", ...lines, 'END', `exit ${status}`)
}
