import type { ExpositionFinding, Family, Sample } from './family.ts'
import { parseGoFloat } from './parse-go-float.ts'
import { seriesName } from './series-name.ts'

/** A bucket or quantile with its bound. */
interface Step {
  readonly bound: number
  readonly sample: Sample
}

/**
 * Finds samples of a histogram or summary that contradict each other.
 *
 * Bounds are numbers in increasing order; buckets are cumulative, and the one for `+Inf` exists and equals `_count` (Prometheus' description
 * of the text format 0.0.4, "Histograms and summaries"; expfmt/text_parse.go, `startLabelValue` and `readingValue`).
 */
export function findInDistribution(family: Family): readonly ExpositionFinding[] {
  if (family.type !== 'histogram' && family.type !== 'summary') return []
  const boundLabel = family.type === 'histogram' ? 'le' : 'quantile'
  const unreadable = family.samples.filter(
    ({ labels }) => parseGoFloat(labels[boundLabel] ?? '0') === undefined,
  )
  if (unreadable.length > 0) {
    return unreadable.map((sample) => {
      const found = JSON.stringify(sample.labels[boundLabel])
      return finding(sample, `Expected a number as ${boundLabel} of ${sample.name}, found ${found}.`)
    })
  }
  return [...groupSeries(family, boundLabel)].flatMap(([series, samples]) => {
    const steps = stepsOf(samples, boundLabel)
    const order = orderFindings(series, steps)
    return family.type === 'histogram' ? [...order, ...findInHistogram(family.name, series, samples)] : order
  })
}

function groupSeries(family: Family, boundLabel: string): ReadonlyMap<string, readonly Sample[]> {
  const groups = new Map<string, Sample[]>()
  for (const sample of family.samples) {
    const series = seriesName({ name: family.name, labels: sample.labels }, { without: boundLabel })
    const group = groups.get(series)
    if (group === undefined) groups.set(series, [sample])
    else group.push(sample)
  }
  return groups
}

function stepsOf(samples: readonly Sample[], boundLabel: string): readonly Step[] {
  return samples.flatMap((sample) => {
    const label = sample.labels[boundLabel]
    const bound = label === undefined ? undefined : parseGoFloat(label)
    return bound === undefined ? [] : [{ bound, sample }]
  })
}

function orderFindings(series: string, steps: readonly Step[]): readonly ExpositionFinding[] {
  return steps.flatMap(({ bound, sample }, index) => {
    const before = steps[index - 1]?.bound
    if (before === undefined || !(bound <= before)) return []
    return [
      finding(
        sample,
        `Expected the bounds of ${series} in increasing order, found ${bound} after ${before}.`,
      ),
    ]
  })
}

function findInHistogram(
  name: string,
  series: string,
  samples: readonly Sample[],
): readonly ExpositionFinding[] {
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`)
  const count = samples.find((sample) => sample.name === `${name}_count`)
  const [first] = count === undefined ? buckets : [...buckets, count]
  if (first === undefined) return []
  const unbounded = buckets.filter(({ labels }) => labels['le'] === undefined)
  const steps = stepsOf(buckets, 'le')
  return [
    ...unbounded.map((sample) =>
      finding(sample, `Expected a label le at each bucket of ${series}, found none.`),
    ),
    ...[...buckets, ...(count === undefined ? [] : [count])]
      .filter(({ value }) => value < 0)
      .map((sample) => finding(sample, `Expected no negative count in ${series}, found ${sample.value}.`)),
    ...cumulationFindings(series, steps),
    ...totalFindings(series, { first, count, total: steps.find(({ bound }) => bound === Infinity)?.sample }),
  ]
}

function cumulationFindings(series: string, steps: readonly Step[]): readonly ExpositionFinding[] {
  const sorted = steps.toSorted((one, other) => one.bound - other.bound)
  return sorted.flatMap(({ bound, sample }, index) => {
    const before = sorted[index - 1]
    if (before === undefined || !(sample.value < before.sample.value)) return []
    const expected = `Expected at least ${before.sample.value} in bucket ${bound} of ${series}, as in bucket ${before.bound}`
    return [finding(sample, `${expected}, found ${sample.value}.`)]
  })
}

function totalFindings(
  series: string,
  { first, count, total }: { first: Sample; count: Sample | undefined; total: Sample | undefined },
): readonly ExpositionFinding[] {
  if (total === undefined)
    return [finding(first, `Expected a bucket of ${series} with le="+Inf", found none.`)]
  if (count === undefined)
    return [finding(total, `Expected a sample _count of ${series} beside its buckets, found none.`)]
  if (Object.is(count.value, total.value) || count.value === total.value) return []
  return [
    finding(
      count,
      `Expected _count of ${series} to equal its +Inf bucket ${total.value}, found ${count.value}.`,
    ),
  ]
}

function finding(sample: Sample, message: string): ExpositionFinding {
  return { spec: 'METRICS-003', line: sample.line, column: 1, message }
}
