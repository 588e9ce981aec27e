import { clip, fieldPlace } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import { configKeys, metaKeys } from '../../../host/frames/grafana-meta.ts'
import type { MetaFinding } from './meta-findings.ts'

/** Finds keys of `meta` and `config` that the host drops on the way to a browser (META-006). */
export function unknownKeys(frame: Frame): readonly MetaFinding[] {
  return [
    ...keysBeside(frame.meta, [...metaKeys(), ...messageKeys], 'meta'),
    ...frame.fields.flatMap((field, index) =>
      keysBeside(field.config, configKeys(), `${fieldPlace(field.name, index)} config`),
    ),
  ]
}

/** A fault of their own (META-008). */
const messageKeys = ['error', 'warning', 'warnings']

/** Go finds keys in any case (META-007). */
function keysBeside(
  document: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[],
  where: string,
): MetaFinding[] {
  const names = new Set(known.map((key) => key.toLowerCase()))
  const unknown = Object.keys(document ?? {}).filter((key) => !names.has(key.toLowerCase()))
  if (unknown.length === 0) return []
  const found = clip(unknown.map((key) => JSON.stringify(key)).join(', '))
  return [
    { spec: 'META-006', where, expected: `keys that Grafana knows, and own ones in ${where}.custom`, found },
  ]
}
