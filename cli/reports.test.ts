import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { variationFolder } from '../suites/variation-folder.ts'
import { mutants } from '../suites/variations.ts'
import { runCli } from './testing/run-cli.ts'

/** A few rules that need no process, so that the tests are quick. */
const RUN = ['dist/reference-plugin', '--only', 'manifest/*']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const inFolder = (name: string): string => join(folder, name)

describe('--report', () => {
  test('writes several kinds in one run', async () => {
    const wanted = ['json=a.json', 'ndjson=a.ndjson', 'junit=a.xml', 'sarif=a.sarif', 'tap=a.tap']
    const flags = wanted.flatMap((one) => ['--report', one.replace('=', `=${folder}/`)])
    const result = await runCli([...RUN, '--json', ...flags])
    expect(result).toMatchObject({ code: 0, stderr: '' })
    const report: unknown = JSON.parse(result.stdout)
    expect(JSON.parse(await readFile(inFolder('a.json'), 'utf8'))).toEqual(report)
    expect(await readFile(inFolder('a.xml'), 'utf8')).toMatch(/^<\?xml[^]*<\/testsuites>\n$/)
    expect(await readFile(inFolder('a.sarif'), 'utf8')).toMatch(/"version": "2\.1\.0"/)
    expect(await readFile(inFolder('a.tap'), 'utf8')).toMatch(/^TAP version 14\n1\.\.\d+\nok 1 - manifest/)
    const folded = await runCli(['report', inFolder('a.ndjson'), '--to', 'json'])
    expect(folded).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(folded.stdout)).toEqual(report)
  })

  test.each([
    ['junit', /Expected --report as <kind>=<path>, found "junit"/],
    ['junt=x.xml', /found "junt"\.\nDid you mean junit\?/],
    ['junit=/no/such/folder/x.xml', /x\.xml can't be written: ENOENT/],
  ])('refuses %s before anything is started', async (wanted, message) => {
    const result = await runCli([...RUN, '--report', wanted])
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
  })
})

describe('report', () => {
  test('says what a record that was cut off lacks', async () => {
    const path = inFolder('cut.ndjson')
    await runCli([...RUN, '--report', `ndjson=${path}`])
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, `${lines.slice(0, 3).join('\n')}\n{"kind":"case-en`)
    const result = await runCli(['report', path, '--to', 'tap'])
    expect(result).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^TAP version 14/),
      stderr: expect.stringMatching(/ends before its run did: \d+ of \d+ cases are missing/),
    })
  })

  test.each([
    [['report', 'README.md', '--to', 'junit'], /Expected an event as JSON in README\.md:1/],
    [['report', 'nothing.json', '--to', 'junit'], /nothing\.json can't be read/],
    [['report', 'README.md', '--to', 'xml'], /to be one of json, text, junit/],
    [['report', 'README.md'], /Required option '--to <kind>'/],
  ])('refuses %j', async (args, message) => {
    expect(await runCli(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
  })
})

describe('under GitHub Actions', () => {
  test('failures become annotations and the summary of the job', async () => {
    const summary = inFolder('summary.md')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const result = await runCli(RUN, { env })
    expect(result.code).toBe(0)
    expect(await readFile(summary, 'utf8')).toMatch(/^## ✅ conformance-reference-datasource/)
  })

  test('nothing disturbs --json', async () => {
    const result = await runCli([...RUN, '--json'], { env: { GITHUB_ACTIONS: 'true' } })
    expect(JSON.parse(result.stdout)).toMatchObject({ report: 1 })
  })
})

describe('known issues', () => {
  test('are written, excuse what they name, become stale, and are pruned', async () => {
    const mutant = mutants.find((one) => one.breaks.some(({ id }) => id === 'conversion/uid-is-not-changed'))
    if (mutant === undefined) throw new Error('no mutant breaks conversion/uid-is-not-changed')
    await using bad = await variationFolder(mutant)
    const known = inFolder('known.yaml')
    const only = ['--only', 'conversion/uid-is-not-changed', '--known', known]
    const strict = [...only, '--strict']

    expect(await runCli([bad.path, '--only', 'conversion/uid-is-not-changed', '--strict'])).toMatchObject({
      code: 1,
    })
    expect(await runCli(['known', bad.path, '--write', ...only])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/known\.yaml was written/),
    })
    expect(await runCli([bad.path, ...strict])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/known \(failing\)[^]*1 known/),
    })
    expect(await runCli(['dist/reference-plugin', ...strict])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/STALE[^]*known\.yaml:\d+ says[^]*1 stale/),
    })
    expect(await runCli(['known', 'dist/reference-plugin', '--prune', ...only])).toMatchObject({ code: 0 })
    expect(await runCli(['dist/reference-plugin', ...strict])).toMatchObject({ code: 0 })
  })

  test('can not be both written and pruned', async () => {
    expect(await runCli(['known', 'dist/reference-plugin'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Expected one of --write and --prune/),
    })
  })
})
