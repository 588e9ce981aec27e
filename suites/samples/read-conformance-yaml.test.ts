import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { ConformanceError } from '../../host/conformance-error.ts'
import { parseConformanceYaml } from './read-conformance-yaml.ts'

function failure(text: string): ConformanceError {
  try {
    parseConformanceYaml(text, 'conformance.yaml')
  } catch (error) {
    if (error instanceof ConformanceError) return error
    throw error
  }
  throw new Error('the file was accepted')
}

describe('conformance.yaml', () => {
  test('reads the example of the documentation', async () => {
    const markdown = await readFile('docs/samples.md', 'utf8')
    const example = /```yaml\n([\s\S]*?)```/.exec(markdown)?.[1] ?? ''
    const samples = parseConformanceYaml(example, 'docs/samples.md')
    expect(samples.queries).toEqual([
      {
        name: 'up',
        model: { expr: 'up' },
        expect: 'data',
        alerting: true,
        from: 1_700_000_000_000,
        to: 1_700_003_600_000,
      },
      { name: 'a query that must fail in band', model: { expr: 'up{' }, expect: 'error' },
    ])
    expect(samples.resources).toEqual([{ name: 'labels?match=up', method: 'GET', path: 'labels?match=up' }])
    expect(samples.channels).toEqual([{ path: 'tick/1000', data: { interval: 1000 } }])
    expect(samples.settings).toEqual({
      url: 'http://127.0.0.1:9090',
      jsonData: { httpMethod: 'POST' },
      secureJsonData: { token: 'not-a-real-token' },
    })
  })

  test('an empty file knows nothing', () => {
    expect(parseConformanceYaml('', 'x')).toEqual({ queries: [], resources: [], channels: [], settings: {} })
  })

  test.each([
    ['an unknown key', 'querys:\n  - model: {}\n', 'conformance.yaml:1:1', 'Did you mean queries?'],
    ['an unknown key inside', 'queries:\n  - modle: {}\n', 'conformance.yaml:2:5', 'Did you mean model?'],
    ['a text where a list belongs', 'queries: up\n', 'conformance.yaml:1:10', 'Put a dash before each entry'],
    ['a query without a model', 'queries:\n  - name: x\n', 'conformance.yaml:2:5', 'Add model.'],
    [
      'a word where a yes or no belongs',
      'queries:\n  - model: {}\n    alerting: never\n',
      'conformance.yaml:3:15',
      'docs/samples.md',
    ],
    [
      'an expectation that is none',
      'queries:\n  - model: {}\n    expect: numbers\n',
      'conformance.yaml:3:13',
      'docs/samples.md',
    ],
    [
      'a secret that is a number',
      'settings:\n  secureJsonData:\n    pin: 1234\n',
      'conformance.yaml:3:5',
      'Put quotes around it.',
    ],
    ['broken YAML', 'queries: [\n', 'conformance.yaml:', 'Correct the YAML.'],
  ])('%s is an error with its place and a hint', (_, text, place, hint) => {
    const error = failure(text)
    expect(error.code).toBe('configuration-invalid')
    expect(error.message).toContain(place)
    expect(error.hint).toContain(hint)
  })
})
