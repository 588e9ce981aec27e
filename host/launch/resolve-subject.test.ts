import { symlink } from 'node:fs/promises'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { resolveSubject } from './resolve-subject.ts'
import { temporaryFolder } from './temporary-folder.ts'

const platform = { os: 'linux', arch: 'amd64' }

function pluginJson(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ id, type: 'datasource', backend: true, executable: 'gpx_demo', ...more })
}

describe('a folder', () => {
  it('means its own plugin.json before those of dist and src', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': pluginJson('own'),
      'dist/plugin.json': pluginJson('built'),
      'src/plugin.json': pluginJson('source'),
    })
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      kind: 'executable',
      pluginJson: { id: 'own' },
      executable: path.join(folder.path, 'gpx_demo_linux_amd64'),
      directory: folder.path,
    })
  })

  it('means dist/plugin.json of a built project, also when no path is given', async () => {
    await using folder = await temporaryFolder({
      'dist/plugin.json': pluginJson('built'),
      'src/plugin.json': pluginJson('source'),
    })
    const dist = path.join(folder.path, 'dist')
    expect(await resolveSubject(undefined, { cwd: folder.path, platform })).toMatchObject({
      pluginJson: { id: 'built' },
      pluginJsonPath: path.join(dist, 'plugin.json'),
      executable: path.join(dist, 'gpx_demo_linux_amd64'),
    })
  })

  it('means src/plugin.json with the executable in dist when only that is there', async () => {
    await using folder = await temporaryFolder({
      'src/plugin.json': pluginJson('source'),
      'dist/gpx_demo_linux_amd64': '',
    })
    for (const typed of ['.', 'src', 'src/plugin.json']) {
      expect(await resolveSubject(typed, { cwd: folder.path, platform })).toMatchObject({
        pluginJsonPath: path.join(folder.path, 'src/plugin.json'),
        executable: path.join(folder.path, 'dist/gpx_demo_linux_amd64'),
        directory: path.join(folder.path, 'dist'),
      })
    }
  })

  it('means src itself when the executable lies there', async () => {
    await using folder = await temporaryFolder({
      'src/plugin.json': pluginJson('source'),
      'src/gpx_demo_linux_amd64': '',
    })
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      executable: path.join(folder.path, 'src/gpx_demo_linux_amd64'),
    })
  })

  it('means the app when data sources are nested in it', async () => {
    await using folder = await temporaryFolder({
      'dist/plugin.json': pluginJson('app', { type: 'app' }),
      'dist/one/plugin.json': pluginJson('one'),
      'dist/two/plugin.json': pluginJson('two'),
    })
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      pluginJson: { id: 'app' },
    })
  })

  it('means the only plugin below it', async () => {
    await using folder = await temporaryFolder({ 'plugins/one/plugin.json': pluginJson('one') })
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      pluginJson: { id: 'one' },
    })
  })

  it('is ambiguous with several plugins and none above them, and lists them', async () => {
    await using folder = await temporaryFolder({
      'dist/b/plugin.json': pluginJson('b'),
      'dist/a/plugin.json': pluginJson('a'),
      'dist/a/deeper/plugin.json': pluginJson('deeper'),
    })
    await expect(resolveSubject('.', { cwd: folder.path, platform })).rejects.toMatchObject({
      code: 'subject-ambiguous',
      message: `Expected one plugin.json in ${folder.path}, found 2: dist/a/plugin.json, dist/b/plugin.json.`,
      hint: `Name one of them, for example ${path.join(folder.path, 'dist/a')}.`,
    })
  })

  it('counts a plugin once when a link leads to it as well', async () => {
    await using folder = await temporaryFolder({ 'real/plugin.json': pluginJson('real') })
    await symlink(path.join(folder.path, 'real'), path.join(folder.path, 'alias'))
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      pluginJson: { id: 'real' },
    })
  })

  it('without plugin.json is refused with what is there instead', async () => {
    await using empty = await temporaryFolder()
    await expect(resolveSubject('.', { cwd: empty.path })).rejects.toMatchObject({
      code: 'subject-not-found',
      message: `Expected a plugin.json in ${empty.path}, its dist/ or its src/, found an empty folder.`,
    })
    await using programs = await temporaryFolder({ gpx_demo_linux_amd64: '' })
    await expect(resolveSubject('.', { cwd: programs.path })).rejects.toMatchObject({
      hint: `To run an executable without plugin.json, name it: ${path.join(programs.path, 'gpx_demo_linux_amd64')}.`,
    })
    await using misspelt = await temporaryFolder({ 'plugins.json': '{}' })
    await expect(resolveSubject('.', { cwd: misspelt.path })).rejects.toMatchObject({
      hint: expect.stringContaining('plugins.json') as string,
    })
  })

  it('does not search node_modules', async () => {
    await using folder = await temporaryFolder({ 'node_modules/x/plugin.json': pluginJson('x') })
    await expect(resolveSubject('.', { cwd: folder.path })).rejects.toMatchObject({
      code: 'subject-not-found',
    })
  })
})

describe('an executable', () => {
  it('brings the plugin.json beside it or up to three folders above it, backend or not', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': pluginJson('above', { backend: false }),
      'target/x/release/demo': '',
      'target/x/release/deeper/demo': '',
    })
    const executable = path.join(folder.path, 'target/x/release/demo')
    expect(await resolveSubject('target/x/release/demo', { cwd: folder.path })).toMatchObject({
      kind: 'executable',
      executable,
      pluginJson: { id: 'above' },
      directory: folder.path,
    })
    expect(await resolveSubject('target/x/release/deeper/demo', { cwd: folder.path })).toMatchObject({
      pluginJson: undefined,
      directory: path.join(folder.path, 'target/x/release/deeper'),
    })
  })
})

describe('attaching', () => {
  it('takes the plugin.json of the path or of the current folder, backend or not', async () => {
    await using folder = await temporaryFolder({
      'dist/plugin.json': pluginJson('built', { backend: false }),
    })
    const attach = '127.0.0.1:50051'
    for (const typed of [undefined, '.', 'dist/plugin.json']) {
      expect(await resolveSubject(typed, { cwd: folder.path, attach })).toMatchObject({
        kind: 'attached',
        pluginJson: { id: 'built' },
        address: { kind: 'tcp', host: '127.0.0.1', port: 50051 },
      })
    }
  })

  it('needs no plugin.json, and keeps a handshake line', async () => {
    await using folder = await temporaryFolder({ 'unrelated/plugin.json': '{' })
    expect(await resolveSubject(undefined, { cwd: folder.path, attach: '1|2|unix|/tmp/p|grpc|' })).toEqual({
      kind: 'attached',
      pluginJson: undefined,
      pluginJsonPath: undefined,
      address: { kind: 'unix', path: '/tmp/p' },
      handshakeLine: '1|2|unix|/tmp/p|grpc|',
    })
  })
})
