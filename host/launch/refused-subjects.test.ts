import { createServer } from 'node:net'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { resolveSubject } from './resolve-subject.ts'
import { temporaryFolder } from './temporary-folder.ts'

const platform = { os: 'linux', arch: 'amd64' }

function pluginJson(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ id, type: 'datasource', backend: true, executable: 'gpx_demo', ...more })
}

describe('plugin.json', () => {
  it('resolves .. in the executable and the Windows suffix as Grafana does', async () => {
    await using folder = await temporaryFolder({
      'ds/plugin.json': pluginJson('nested', { executable: '../gpx_app' }),
    })
    const options = { cwd: folder.path, platform: { os: 'windows', arch: 'amd64' } }
    expect(await resolveSubject('ds/plugin.json', options)).toMatchObject({
      executable: path.join(folder.path, 'gpx_app_windows_amd64.exe'),
      directory: path.join(folder.path, 'ds'),
    })
  })

  it('of a renderer means the name that Grafana has for renderers', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': pluginJson('r', { type: 'renderer', executable: '' }),
    })
    expect(await resolveSubject('.', { cwd: folder.path, platform })).toMatchObject({
      executable: path.join(folder.path, 'plugin_start_linux_amd64'),
    })
  })

  it('that is broken is refused with its place', async () => {
    await using folder = await temporaryFolder({ 'plugin.json': '{\n  "id": }' })
    await expect(resolveSubject('.', { cwd: folder.path })).rejects.toMatchObject({
      code: 'plugin-json-invalid',
      message: `Expected a value, found } (${path.join(folder.path, 'plugin.json')}:2:9).`,
    })
  })

  it.each([
    [{ backend: false }, 'found "backend": false'],
    [{ backend: undefined }, 'found no "backend"'],
    [{ executable: '' }, 'a non-empty "executable", found none'],
  ])('with %j has no backend', async (more, found) => {
    await using folder = await temporaryFolder({ 'plugin.json': pluginJson('plain', more) })
    await expect(resolveSubject('.', { cwd: folder.path })).rejects.toMatchObject({
      code: 'plugin-without-backend',
      message: expect.stringContaining(found) as string,
      hint: expect.stringContaining('name the executable itself') as string,
    })
  })

  it('of an app without backend offers the nested data source that has one', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': pluginJson('app', { type: 'app', backend: false }),
      'ds/plugin.json': pluginJson('nested'),
    })
    await expect(resolveSubject('.', { cwd: folder.path })).rejects.toMatchObject({
      hint: `The nested plugin nested has a backend; name its folder: ${path.join(folder.path, 'ds')}.`,
    })
  })
})

describe('a path that is no plugin', () => {
  it('offers the nearest name', async () => {
    await using folder = await temporaryFolder({
      'dist/plugin.json': pluginJson('x'),
      'dist/gpx_demo_linux_amd64': '',
    })
    await expect(resolveSubject('dits/plugin.json', { cwd: folder.path })).rejects.toMatchObject({
      code: 'subject-not-found',
      message: expect.stringContaining(`found no "dits" in ${folder.path}.`) as string,
      hint: `Did you mean ${path.join(folder.path, 'dist')}?`,
    })
    await expect(resolveSubject('dist/gpx_demo', { cwd: folder.path, platform })).rejects.toMatchObject({
      hint: `Did you mean ${path.join(folder.path, 'dist/gpx_demo_linux_amd64')}?`,
    })
    await expect(resolveSubject('dist/plugin.json/x', { cwd: folder.path })).rejects.toMatchObject({
      code: 'subject-not-found',
    })
  })

  it('is recognised as an address', async () => {
    await using folder = await temporaryFolder()
    await expect(resolveSubject('127.0.0.1:50051', { cwd: folder.path })).rejects.toMatchObject({
      hint: "To use a plugin that is already running, write --attach '127.0.0.1:50051'.",
    })
  })

  it('is recognised as a socket, another kind of document, or nothing at all', async () => {
    await using folder = await temporaryFolder({ 'conformance.yaml': '' })
    await using server = createServer()
    const socket = path.join(folder.path, 's')
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    await expect(resolveSubject('s', { cwd: folder.path })).rejects.toMatchObject({
      code: 'usage',
      hint: `To use a plugin that listens there, write --attach unix:${socket}.`,
    })
    await expect(resolveSubject('conformance.yaml', { cwd: folder.path })).rejects.toMatchObject({
      code: 'usage',
    })
    await expect(resolveSubject('', { cwd: folder.path })).rejects.toMatchObject({ code: 'usage' })
  })
})
