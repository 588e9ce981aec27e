import type { Contract, JudgedSubject } from './subject.ts'
import type { Samples } from './samples.ts'
import type { Verdict } from './verdict.ts'

/** What a case needs before it can be tried. */
export type Need =
  /** plugin.json says `"<key>": true`; scripted subjects are asked for everything they declare, too. */
  | { readonly kind: 'declares'; readonly key: 'streaming' | 'alerting' | 'metrics' | 'tracing' }
  | { readonly kind: 'type'; readonly type: 'datasource' | 'app' }
  /** The plugin does what the request says (`fixtures/script.schema.json`). */
  | { readonly kind: 'scripted' }
  /** Samples that the plugin's author wrote down. */
  | { readonly kind: 'sample'; readonly of: 'queries' | 'resources' | 'channels' }
  /** A process of its own that can be started, signalled and killed. */
  | { readonly kind: 'child-process' }
  /** A start by this host: not so when attached. */
  | { readonly kind: 'start' }
  /** A folder with a plugin.json. */
  | { readonly kind: 'folder' }

/** Ready-made needs, so that a case reads `needs: [needs.scripted]`. */
export const needs = {
  streaming: { kind: 'declares', key: 'streaming' },
  datasource: { kind: 'type', type: 'datasource' },
  app: { kind: 'type', type: 'app' },
  scripted: { kind: 'scripted' },
  childProcess: { kind: 'child-process' },
  start: { kind: 'start' },
  folder: { kind: 'folder' },
  sampleQuery: { kind: 'sample', of: 'queries' },
  sampleResource: { kind: 'sample', of: 'resources' },
  sampleChannel: { kind: 'sample', of: 'channels' },
} as const satisfies Readonly<Record<string, Need>>

/** The verdict of a case that can't be tried, or undefined when it can. */
export function unmet(
  need: Need,
  subject: JudgedSubject,
  contract: Contract,
  samples: Samples,
): Verdict | undefined {
  switch (need.kind) {
    case 'declares':
      if (subject.declares[need.key]) return undefined
      return { kind: 'inapplicable', undeclared: `"${need.key}": true in plugin.json` }
    case 'type':
      if (subject.type === undefined || subject.type === need.type) return undefined
      return { kind: 'inapplicable', undeclared: `"type": "${need.type}" in plugin.json` }
    case 'scripted':
      return contract === 'scripted'
        ? undefined
        : { kind: 'unverified', missing: 'a plugin that follows the scripted contract' }
    case 'sample':
      return samples[need.of].length > 0
        ? undefined
        : { kind: 'unverified', missing: `${need.of} in conformance.yaml` }
    case 'child-process':
      return subject.start === 'child'
        ? undefined
        : { kind: 'unverified', missing: 'a process that this host starts' }
    case 'start':
      return subject.start === 'attached'
        ? { kind: 'unverified', missing: 'a start by this host' }
        : undefined
    case 'folder':
      return subject.directory === undefined
        ? { kind: 'unverified', missing: 'a folder with a plugin.json' }
        : undefined
    default:
      return need satisfies never
  }
}
