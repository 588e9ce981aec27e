import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { manifestAdvice } from './manifest-advice.ts'

const good = {
  id: 'acme-demo-datasource',
  type: 'datasource',
  name: 'Demo',
  info: { version: '1.0.0' },
  dependencies: { grafanaDependency: '>=10.4.0' },
}

function advice(more: Readonly<Record<string, unknown>>, file = 'dist/plugin.json') {
  return manifestAdvice(JSON.stringify({ ...good, ...more }), file)
}

describe('advice about plugin.json', () => {
  test.each(['reference-plugin/plugin.json', 'subjects/go/plugin.json'])('is not needed for %s', (file) => {
    expect(manifestAdvice(readFileSync(file, 'utf8'), file)).toEqual([])
  })

  test.each([
    [{ name: undefined }, 'missing', '`name`', 'no such key'],
    [{ info: { version: '' } }, 'missing', '`info.version`', 'an empty text'],
    [{ dependencies: {} }, 'missing', '`dependencies.grafanaDependency`', 'no such key'],
    [{ executible: 'gpx' }, 'unknown-key', '`executable`', '`executible`, which Grafana ignores'],
    [
      { info: { version: '1.0.0', keyword: [] } },
      'unknown-key',
      '`keywords`',
      '`keyword`, which Grafana ignores',
    ],
    [{ id: 'acme-demo-panel' }, 'value', 'an id such as organisation-name-datasource', '"acme-demo-panel"'],
    [{ id: 'AcmeDemo' }, 'value', 'an id such as organisation-name-datasource', '"AcmeDemo"'],
    [{ category: 'time-series' }, 'value', expect.stringContaining('tsdb, logging'), '"time-series"'],
    [
      { dependencies: { grafanaDependency: 'ten' } },
      'value',
      'a range of versions such as >=10.4.0',
      '"ten"',
    ],
    [{ info: { version: '%VERSION%' } }, 'value', 'a version such as 1.2.0', '"%VERSION%", a placeholder'],
    [
      { includes: [{ type: 'dashbord' }] },
      'value',
      expect.stringContaining('includes[0].type'),
      '"dashbord"',
    ],
    [
      { includes: [{ type: 'page', role: 'Boss' }] },
      'value',
      expect.stringContaining('includes[0].role'),
      '"Boss"',
    ],
  ])('is given for %j', (more, about, expected, found) => {
    expect(advice(more)).toEqual([
      {
        about,
        expected,
        found,
        place: expect.stringMatching(/^dist\/plugin\.json:1:\d+$/) as string,
        fix: expect.any(String) as string,
      },
    ])
  })

  test('leaves the placeholder in a source tree alone', () => {
    expect(advice({ info: { version: '%VERSION%' } }, 'src/plugin.json')).toEqual([])
  })

  test('leaves keys alone that resemble none', () => {
    expect(advice({ somethingOfOurOwn: true, $comment: 'x' })).toEqual([])
  })

  test('names the line and the column of the key', () => {
    expect(manifestAdvice('{\n  "id": "a-b-datasource",\n  "catgory": "sql"\n}', 'p.json')).toContainEqual(
      expect.objectContaining({
        about: 'unknown-key',
        place: 'p.json:3:3',
        fix: 'Rename "catgory" to "category".',
      }),
    )
  })

  test('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Array.isArray(manifestAdvice(text, 'plugin.json'))).toBe(true)
      }),
    )
  })
})
