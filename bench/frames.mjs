// Decodes and judges 100 MB of Arrow frames, and compares that with receiving the same bytes and with other readers.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Worker, isMainThread, parentPort } from 'node:worker_threads'

import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { Client, Server, ServerCredentials, credentials } from '@grpc/grpc-js'
import { tableFromIPC } from '@uwdata/flechette'

import { writeArrowFrame } from '../dist/host/frames/write-arrow.js'
import { DataFrameFormat, QueryDataResponseSchema } from '../dist/proto/gen/grafana/backend_pb.js'
import { judgeAnswer } from '../dist/suites/frame/judge-answer.js'
import { readFrame } from '../dist/suites/frame/read-frame.js'

const KIB = 1024
const MIB = 1024 * KIB
/** Sizes of frames, each with a quarter of the 100 MB. */
const SIZES = [64 * KIB, 512 * KIB, 4 * MIB, 16 * MIB]
const SHARE = 25 * 1_000_000
const ROUNDS = 3
const START = 1_700_000_000_000_000_000n
const METHOD = { path: '/bench/Receive', requestStream: false, responseStream: false }

/** A frame whose Arrow file has about so many bytes: time, two numbers, an integer, a text and a flag in every row. */
function frameOf(bytes) {
  const rows = Math.round(bytes / 44)
  const column = (name, type, nullable, cell) => ({
    name,
    type,
    nullable,
    values: Array.from({ length: rows }, (_, row) => cell(row)),
  })
  return {
    name: 'bench',
    refId: 'A',
    fields: [
      column('time', 'time', false, (row) => START + BigInt(row) * 1_000_000_000n),
      column('load', 'float64', false, (row) => row / 7),
      column('gaps', 'float64', true, (row) => (row % 10 === 0 ? null : row / 3)),
      column('count', 'int64', false, (row) => BigInt(row)),
      column('host', 'string', false, (row) => `host-${row % 100}`),
      column('up', 'bool', false, (row) => row % 3 > 0),
    ],
  }
}

/** The fastest of some rounds, in milliseconds. */
async function fastest(work) {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

function judge(bytes) {
  const frames = [readFrame(bytes, DataFrameFormat.ARROW)]
  const range = { from: 1_700_000_000_000, to: 1_800_000_000_000 }
  const findings = judgeAnswer({ refId: 'A', range, whole: true, frames })
  if (frames[0].frame === undefined || findings.length > 0) throw new Error(JSON.stringify(findings))
  return frames
}

/** Flechette reads lazily: every value has to be asked for. */
function readWithFlechette(bytes) {
  const table = tableFromIPC(bytes, { useBigInt: true })
  for (let index = 0; index < table.numCols; index++) table.getChildAt(index).toArray()
}

/** Serves answers from a thread of its own, as a plugin has a process of its own. */
function serve() {
  const server = new Server({ 'grpc.max_send_message_length': -1 })
  const answers = SIZES.map((size) => {
    const frames = [writeArrowFrame(frameOf(size))]
    const response = create(QueryDataResponseSchema, { responses: { A: { frames, status: 200 } } })
    return Buffer.from(toBinary(QueryDataResponseSchema, response))
  })
  const same = (value) => value
  const method = {
    ...METHOD,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
  server.addService({ receive: method }, { receive: (call, reply) => reply(null, answers[call.request[0]]) })
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_, port) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    parentPort.postMessage(port),
  )
}

async function receiver() {
  const worker = new Worker(new URL(import.meta.url))
  const port = await new Promise((resolve) => worker.once('message', resolve))
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
  })
  const ask = (size) =>
    new Promise((resolve, reject) => {
      const done = (error, answer) => (error === null ? resolve(answer) : reject(error))
      const read = (bytes) => fromBinary(QueryDataResponseSchema, bytes)
      client.makeUnaryRequest(METHOD.path, (value) => value, read, Buffer.of(size), done)
    })
  return {
    ask,
    async close() {
      client.close()
      await worker.terminate()
    },
  }
}

function decodeInGo(files) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-frames-'))
  try {
    for (const [index, bytes] of files.entries()) writeFileSync(join(folder, `${index}.arrow`), bytes)
    const cwd = new URL('unmarshal/', import.meta.url)
    const { status, stdout } = spawnSync('go', ['run', '.', folder], { cwd, encoding: 'utf8' })
    return status === 0 ? Number(stdout) : undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In a function of its own, so that nothing keeps the frame that it is written from. */
function largest() {
  return writeArrowFrame(frameOf(SIZES.at(-1)))
}

/** Says how much memory judging the largest answer leaves in use, the answer itself included. */
function weigh() {
  if (globalThis.gc === undefined) return
  const bytes = largest()
  const used = () => {
    globalThis.gc()
    // Not "external": memory of typed arrays is given back some time after the collection.
    return process.memoryUsage().heapUsed
  }
  const before = used()
  const kept = judge(bytes)
  const after = used()
  const times = (1 + (after - before) / bytes.length).toFixed(1)
  console.log(
    `memory: ${times} times the ${(bytes.length / MIB).toFixed(1)} MiB of an answer with ${kept.length} frame`,
  )
}

async function main() {
  // First of all, so that nothing of the rounds is in the way.
  weigh()
  const grpc = await receiver()
  const one = SIZES.map((size) => writeArrowFrame(frameOf(size)))
  const counts = one.map((bytes) => Math.ceil(SHARE / bytes.length))
  const total = one.reduce((sum, bytes, index) => sum + bytes.length * counts[index], 0)
  const all = async (work) => {
    for (const [index, count] of counts.entries()) for (let i = 0; i < count; i++) await work(index)
  }
  const row = (name, ms) =>
    console.log(
      ms === undefined
        ? `${name.padEnd(44)} not here`
        : `${name.padEnd(44)} ${String(Math.round(total / 1_000 / ms)).padStart(6)} MB/s  ${String(Math.round(ms)).padStart(6)} ms`,
    )
  console.log(
    `${(total / 1e6).toFixed(0)} MB of Arrow frames, ${one.map(({ length }) => `${(length / KIB).toFixed(0)} KiB`).join(', ')}; the fastest of ${ROUNDS} rounds`,
  )
  row('receive over gRPC', await fastest(() => all((index) => grpc.ask(index))))
  row('decode and judge', await fastest(() => all((index) => judge(one[index]))))
  row('@uwdata/flechette, all values', await fastest(() => all((index) => readWithFlechette(one[index]))))
  const files = counts.flatMap((count, index) => Array.from({ length: count }, () => one[index]))
  row('Go SDK, data.UnmarshalArrowFrame', decodeInGo(files))
  await grpc.close()
}

if (isMainThread) await main()
else serve()
