import type { SampleChannel, SampleQuery, SampleResource, Samples } from '../kernel/samples.ts'
import { readYamlFile } from '../yaml/read-yaml-file.ts'
import { YamlReader } from '../yaml/yaml-reader.ts'

const topKeys = ['settings', 'queries', 'resources', 'channels'] as const
const settingsKeys = ['url', 'jsonData', 'secureJsonData'] as const
const queryKeys = ['name', 'model', 'queryType', 'expect', 'alerting', 'from', 'to'] as const
const resourceKeys = ['name', 'method', 'path', 'body'] as const
const channelKeys = ['path', 'data'] as const

/** Reads `conformance.yaml`: what a plugin's author says about queries, resources and channels that work (fixtures/conformance.schema.json). */
export async function readConformanceYaml(file: string): Promise<Samples> {
  return parseConformanceYaml(await readYamlFile(file), file)
}

/** Parses the text of a `conformance.yaml`; errors name file, line and column. */
export function parseConformanceYaml(text: string, file: string): Samples {
  const reader = new YamlReader(text, file, 'See docs/samples.md for the shape of the file.')
  const top = reader.record(reader.contents, 'the file', topKeys)
  const settings = reader.record(top['settings'], 'settings', settingsKeys)
  return {
    settings: {
      ...reader.optional('url', reader.text(settings['url'], 'settings.url')),
      ...reader.optional('jsonData', reader.object(settings['jsonData'], 'settings.jsonData')),
      ...reader.optional(
        'secureJsonData',
        reader.texts(settings['secureJsonData'], 'settings.secureJsonData'),
      ),
    },
    queries: reader
      .list(top['queries'], 'queries')
      .map((node, index) => query(reader, node, `queries[${index}]`)),
    resources: reader
      .list(top['resources'], 'resources')
      .map((node, index) => resource(reader, node, `resources[${index}]`)),
    channels: reader
      .list(top['channels'], 'channels')
      .map((node, index) => channel(reader, node, `channels[${index}]`)),
  }
}

function query(reader: YamlReader, node: unknown, at: string): SampleQuery {
  const fields = reader.record(node, at, queryKeys)
  const expect = reader.text(fields['expect'], `${at}.expect`) ?? 'data'
  if (expect !== 'data' && expect !== 'no-data' && expect !== 'error') {
    throw reader.wrong(fields['expect'], `${at}.expect`, 'data, no-data or error', `"${expect}"`)
  }
  return {
    name: reader.text(fields['name'], `${at}.name`) ?? at,
    model: reader.required(reader.object(fields['model'], `${at}.model`), node, `${at}.model`),
    expect,
    ...reader.optional('alerting', reader.boolean(fields['alerting'], `${at}.alerting`)),
    ...reader.optional('queryType', reader.text(fields['queryType'], `${at}.queryType`)),
    ...reader.optional('from', reader.number(fields['from'], `${at}.from`)),
    ...reader.optional('to', reader.number(fields['to'], `${at}.to`)),
  }
}

function resource(reader: YamlReader, node: unknown, at: string): SampleResource {
  const fields = reader.record(node, at, resourceKeys)
  const path = reader.required(reader.text(fields['path'], `${at}.path`), node, `${at}.path`)
  return {
    name: reader.text(fields['name'], `${at}.name`) ?? path,
    method: reader.text(fields['method'], `${at}.method`) ?? 'GET',
    path,
    ...reader.optional('body', reader.text(fields['body'], `${at}.body`)),
  }
}

function channel(reader: YamlReader, node: unknown, at: string): SampleChannel {
  const fields = reader.record(node, at, channelKeys)
  return {
    path: reader.required(reader.text(fields['path'], `${at}.path`), node, `${at}.path`),
    ...reader.optional('data', reader.plain(fields['data'])),
  }
}
