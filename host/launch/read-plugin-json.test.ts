import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { ConformanceError } from '../conformance-error.ts'
import { parsePluginJson, readPluginJson } from './read-plugin-json.ts'
import { temporaryFolder } from './temporary-folder.ts'

const minimal = '"type": "datasource", "id": "acme-demo-datasource"'

function refusal(text: string): { message: string; hint: string | undefined } {
  try {
    parsePluginJson(text, 'plugin.json')
  } catch (thrown) {
    if (thrown instanceof ConformanceError && thrown.code === 'plugin-json-invalid') return thrown
    throw thrown
  }
  throw new Error(`accepted ${text}`)
}

describe('a plugin.json that Grafana accepts', () => {
  it('is read with all that a host needs to know', () => {
    const text = `{ ${minimal}, "name": "Demo", "info": {"version": "1.2.3"}, "backend": true, "executable": "gpx_demo",
      "streaming": true, "alerting": true, "metrics": true, "logs": false, "annotations": true, "tracing": true, "x": [1] }`
    expect(parsePluginJson(text, 'plugin.json')).toEqual({
      id: 'acme-demo-datasource',
      type: 'datasource',
      name: 'Demo',
      version: '1.2.3',
      backend: true,
      executable: 'gpx_demo',
      streaming: true,
      alerting: true,
      metrics: true,
      logs: false,
      annotations: true,
      tracing: true,
      raw: JSON.parse(text) as unknown,
    })
  })

  it('may leave out everything but id and type', () => {
    expect(parsePluginJson(`{${minimal}}`, 'plugin.json')).toMatchObject({
      name: '',
      version: '',
      backend: false,
      executable: undefined,
    })
  })

  it('may hold nulls, unknown keys, keys in other letter case, repeated keys, and text after the document', () => {
    const text = `{${minimal}, "info": null, "metrics": null, "backend": false, "Backend": true, "x": {"y": 1}} trailing`
    expect(parsePluginJson(text, 'plugin.json')).toMatchObject({ backend: true, metrics: false })
  })

  it('may have an empty executable, which counts as none', () => {
    expect(parsePluginJson(`{${minimal}, "executable": ""}`, 'plugin.json').executable).toBeUndefined()
  })
})

describe('a plugin.json that Grafana refuses', () => {
  it('is located by file, line and column for a syntax error', () => {
    const error = refusal(`{\n  "type": "datasource",\n  "id": "a",\n}`)
    expect(error.message).toBe('Expected a key in double quotes, found } (plugin.json:4:1).')
    expect(error.hint).toBe('Remove the comma before the brace.')
  })

  it.each([
    ['a comment', '{ // no\n}', 'plugin.json:1:3', 'no comments'],
    ['a byte-order mark', `\uFEFF{${minimal}}`, 'plugin.json:1:1', 'byte-order mark'],
    ['an empty file', '', 'plugin.json:1:1', 'too early'],
    ['a truncated file', `{${minimal}`, `plugin.json:1:${minimal.length + 2}`, 'too early'],
    ['single quotes', "{'id': 1}", 'plugin.json:1:2', 'double quotes'],
  ])('gets a hint of its own for %s', (_name, text, place, hint) => {
    const error = refusal(text)
    expect(error.message).toContain(place)
    expect(error.hint).toContain(hint)
  })

  it('is located by key for a wrong type', () => {
    const error = refusal(`{${minimal},\n "backend": "true"}`)
    expect(error.message).toBe(
      'Expected `backend` to be true or false, found the string "true" (plugin.json:2:13).',
    )
    expect(error.hint).toBe('Write true without quotes.')
    expect(refusal(`{${minimal}, "info": {"version": 1}}`).message).toContain(
      'Expected `info.version` to be a string, found the number 1',
    )
    expect(refusal('[]').message).toContain('Expected the document to be an object, found a list')
  })

  it('is named by what is missing, with the nearest key that is there', () => {
    expect(refusal('{"id": "a"}').message).toBe(
      'Expected plugin.json to have `type`, found no such key (plugin.json:1:1).',
    )
    expect(refusal('{"id": "a", "tpye": "datasource"}').hint).toBe('Rename "tpye" to "type".')
    expect(refusal('{"id": "", "type": "panel"}').message).toContain('Expected `id` not to be empty')
  })

  it('is offered the nearest plugin type', () => {
    const error = refusal('{"id": "a", "type": "data-source"}')
    expect(error.message).toContain('found "data-source" (plugin.json:1:21)')
    expect(error.hint).toBe('Did you mean "datasource"?')
  })
})

describe('readPluginJson', () => {
  it('shows the path of the real file in the error', async () => {
    await using folder = await temporaryFolder({ 'plugin.json': '{"id": 3}' })
    const file = path.join(folder.path, 'plugin.json')
    await expect(readPluginJson(file)).rejects.toThrow(`${file}:1:8`)
  })

  it('hints at the encoding of a file that is not UTF-8', async () => {
    await using folder = await temporaryFolder({
      'plugin.json': Buffer.from(`\uFEFF{${minimal}}`, 'utf16le'),
    })
    await expect(readPluginJson(path.join(folder.path, 'plugin.json'))).rejects.toMatchObject({
      code: 'plugin-json-invalid',
      hint: 'Save the file as UTF-8.',
    })
  })
})
