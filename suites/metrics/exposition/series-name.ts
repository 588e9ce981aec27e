import type { Sample } from './family.ts'

/** Names a series as PromQL would, labels sorted, so that equal series have equal names. */
export function seriesName(
  sample: Pick<Sample, 'name' | 'labels'>,
  options: { readonly without?: string } = {},
): string {
  const pairs = Object.entries(sample.labels)
    .filter(([name]) => name !== options.without)
    .map(([name, value]) => `${name}="${escapeLabelValue(value)}"`)
    .sort()
  return pairs.length === 0 ? sample.name : `${sample.name}{${pairs.join(',')}}`
}

function escapeLabelValue(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}
