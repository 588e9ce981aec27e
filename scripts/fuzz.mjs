// Mutates valid frames at random and checks that reading them ends in values or findings: never in an exception, a hang or much memory.
// Usage: npm run fuzz [-- --runs 150000 --seconds 240 --seed 1]
import { readFileSync, readdirSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'

import * as fc from 'fast-check'

import { asGrafanaJson } from '../dist/host/frames/as-grafana-json.js'
import { describeFrame } from '../dist/host/frames/describe.js'
import { readArrowFrame } from '../dist/host/frames/read-arrow.js'
import { readJsonFrame } from '../dist/host/frames/read-json.js'
import { writeJsonFrame } from '../dist/host/frames/write-json.js'

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '150000' },
    seconds: { type: 'string', default: '240' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const runs = Number(options.runs)
const seed = Number(options.seed)

/** Processor time that one frame of a few kilobytes may take. */
const HANG_MS = 2_000
/** What readArrowFrame promises: ten times the input, or 64 MiB for small inputs. */
const SMALL_BUDGET = 64 * 1024 * 1024
/** Memory of the whole process: the runtime's own, the budget of one frame twice, and garbage. */
const MAX_RSS_KIB = 600 * 1024

const folder = new URL('../fixtures/frames/foreign/', import.meta.url)
const arrowFiles = readdirSync(folder)
  .filter((name) => name.endsWith('.arrow'))
  .map((name) => new Uint8Array(readFileSync(new URL(name, folder))))
const jsonFiles = arrowFiles.flatMap((bytes) => {
  const { frame } = readArrowFrame(bytes)
  return frame === undefined ? [] : [writeJsonFrame(frame)]
})
const formats = {
  Arrow: { files: arrowFiles, read: readArrowFrame },
  JSON: { files: jsonFiles, read: readJsonFrame },
}

/** Numbers that break bounds. */
const words = [0, 1, 7, 8, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff]
const place = fc.nat({ max: 0xffff })
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('byte'), at: place, value: fc.nat({ max: 255 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bit'), at: place, value: fc.nat({ max: 7 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('word'), at: place, value: fc.constantFrom(...words) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at: place, value: fc.nat({ max: 64 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat'), at: place, value: fc.nat({ max: 64 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('splice'), at: place, value: place }) },
)

function apply(bytes, { kind, at, value }, files) {
  if (bytes.length === 0) return bytes
  const start = at % bytes.length
  const copy = bytes.slice()
  switch (kind) {
    case 'byte':
      copy[start] = value
      return copy
    case 'bit':
      copy[start] ^= 1 << value
      return copy
    case 'word': {
      const word = Math.min(start - (start % 4), bytes.length - 4)
      if (word >= 0) new DataView(copy.buffer).setUint32(word, value, true)
      return copy
    }
    case 'cut':
      return new Uint8Array(Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + value)]))
    case 'repeat':
      return new Uint8Array(Buffer.concat([bytes.subarray(0, start + value), bytes.subarray(start)]))
    default: {
      const other = files[value % files.length]
      return new Uint8Array(Buffer.concat([bytes.subarray(0, start), other.subarray(start)]))
    }
  }
}

/** Memory of the values of a frame, roughly as the reader counts it. */
function sizeOf(frame) {
  const cell = (value) => (typeof value === 'string' ? 24 + value.length : 8)
  return frame.fields.reduce((sum, { values }) => values.reduce((all, value) => all + cell(value), sum), 0)
}

function check(bytes, read, outcome) {
  const before = process.cpuUsage()
  const reading = read(bytes)
  const { user, system } = process.cpuUsage(before)
  if ((user + system) / 1_000 > HANG_MS) throw new Error(`reading took ${(user + system) / 1_000} ms`)
  for (const finding of reading.findings) {
    const complete = ['spec', 'where', 'expected', 'found'].every((key) => typeof finding[key] === 'string')
    if (!complete || finding.where === '')
      throw new Error(`an incomplete finding: ${JSON.stringify(finding)}`)
  }
  if (reading.frame === undefined) {
    if (reading.findings.length === 0) throw new Error('refused without a finding')
    return (outcome.refused += 1)
  }
  if (sizeOf(reading.frame) > Math.max(SMALL_BUDGET, 10 * bytes.length)) throw new Error('too much memory')
  asGrafanaJson(reading.frame)
  describeFrame(reading.frame)
  return (outcome[reading.findings.length > 0 ? 'advised' : 'unharmed'] += 1)
}

console.log(`seed ${seed}`)
let failed = false
let total = 0
for (const [format, { files, read }] of Object.entries(formats)) {
  const share = format === 'Arrow' ? Math.ceil(runs * 0.75) : Math.floor(runs * 0.25)
  const outcome = { refused: 0, advised: 0, unharmed: 0 }
  const started = process.cpuUsage()
  const mutated = fc
    .tuple(fc.nat({ max: files.length - 1 }), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([index, changes]) => changes.reduce((bytes, one) => apply(bytes, one, files), files[index]))
  const details = fc.check(
    fc.property(mutated, (bytes) => {
      check(bytes, read, outcome)
    }),
    { seed, numRuns: share, interruptAfterTimeLimit: Number(options.seconds) * 500, endOnFailure: false },
  )
  const { user, system } = process.cpuUsage(started)
  const { refused, advised, unharmed } = outcome
  total += details.numRuns
  console.log(
    `${format}: ${details.numRuns} mutations of ${files.length} files, ${refused} refused, ${advised} read with findings, ${unharmed} read without, ${((user + system) / 1e6).toFixed(1)} s`,
  )
  if (!details.failed || details.interrupted) continue
  failed = true
  console.log(fc.defaultReportMessage(details))
}
const { maxRSS } = process.resourceUsage()
console.log(`${total} mutations, at most ${Math.round(maxRSS / 1024)} MiB of memory`)
if (maxRSS > MAX_RSS_KIB) console.log(`Expected at most ${MAX_RSS_KIB / 1024} MiB.`)
process.exitCode = failed || maxRSS > MAX_RSS_KIB ? 1 : 0
