import { nearest } from '../nearest.ts'
import { isVersionRange } from './version-range.ts'
import type { JsonMember, JsonNode } from './positioned-json.ts'
import { positionAt, readJson } from './positioned-json.ts'

/** What is odd in a plugin.json that Grafana loads all the same. */
export interface ManifestAdvice {
  /** `missing`, `unknown-key` or `value`: what a rule is about. */
  readonly about: 'missing' | 'unknown-key' | 'value'
  /** `file:line:column` */
  readonly place: string
  readonly expected: string
  readonly found: string
  readonly fix: string
}

/**
 * Compares a plugin.json with Grafana's published schema, as far as a backend is concerned; whatever is no readable JSON yields nothing.
 *
 * Grafana itself loads such files; the plugin catalog and Grafana's pages are stricter.
 * Source: grafana:docs/sources/developer-resources/plugins/plugin.schema.json.
 */
export function manifestAdvice(text: string, file: string): readonly ManifestAdvice[] {
  const outcome = readJson(text)
  if (outcome.kind !== 'value' || outcome.node.kind !== 'object') return []
  const at = (offset: number): string => {
    const { line, column } = positionAt(text, offset)
    return `${file}:${line}:${column}`
  }
  const document: Document = { root: outcome.node, at, built: !/(?:^|[\\/])src[\\/]/.test(file) }
  return [...missing(document), ...unknownKeys(document), ...values(document)]
}

interface Document {
  readonly root: JsonNode
  readonly at: (offset: number) => string
  /** Whether placeholders ought to be filled in: not in the source tree. */
  readonly built: boolean
}

/** What the schema demands and a host or the catalog uses. */
const required: ReadonlyArray<readonly [path: readonly string[], fix: string]> = [
  [['name'], 'Add "name", which users see in lists of plugins.'],
  [['info', 'version'], 'Add "version" to "info"; it is sent to the plugin with every request.'],
  [
    ['dependencies', 'grafanaDependency'],
    'Add "dependencies": { "grafanaDependency": ">=10.4.0" } with the oldest Grafana that you test with.',
  ],
]

function missing({ root, at }: Document): readonly ManifestAdvice[] {
  return required.flatMap(([path, fix]) => {
    const value = valueAt(root, path)
    if (value?.kind === 'string' && value.value !== '') return []
    const place = at((value ?? valueAt(root, path.slice(0, -1)) ?? root).offset)
    return [
      {
        about: 'missing',
        place,
        expected: `\`${path.join('.')}\``,
        found: value === undefined ? 'no such key' : 'an empty text',
        fix,
      } as const,
    ]
  })
}

/** Keys that Grafana's decoder or the schema know, by the object that they stand in. */
const known: Readonly<Record<string, readonly string[]>> = {
  '': '$schema alerting annotations alias autoEnabled backend buildMode builtIn category dependencies enterpriseFeatures executable explore extensions externalServiceRegistration hideFromList iam id includes info languages logs metrics mixed multiValueFilterOperators name pascalName preload queryOptions roles routes sdk skipDataQuery state streaming suggestions tables tracing type'.split(
    ' ',
  ),
  info: 'author build description keywords links logos screenshots updated version'.split(' '),
  dependencies: 'extensions grafanaDependency grafanaVersion plugins'.split(' '),
}

/** Only keys that look like a slip: unknown ones are allowed, and newer Grafanas know more of them. */
function unknownKeys({ root, at }: Document): readonly ManifestAdvice[] {
  return Object.entries(known).flatMap(([path, names]) =>
    membersOf(path === '' ? root : valueAt(root, [path])).flatMap(({ key, keyOffset }) => {
      // Go matches keys whatever their letter case.
      if (names.some((name) => name.toLowerCase() === key.toLowerCase())) return []
      const meant = nearest(key, names)
      if (meant === undefined) return []
      return [
        {
          about: 'unknown-key',
          place: at(keyOffset),
          expected: `\`${meant}\``,
          found: `\`${key}\`, which Grafana ignores`,
          fix: `Rename "${key}" to "${meant}".`,
        } as const,
      ]
    }),
  )
}

const categories = ['tsdb', 'logging', 'cloud', 'tracing', 'profiling', 'sql', 'enterprise', 'iot', 'other']
const includeTypes = ['dashboard', 'page', 'panel', 'datasource', 'secretsmanager']
const roles = ['Admin', 'Editor', 'Viewer', 'None', 'Grafana Admin']

function values(document: Document): readonly ManifestAdvice[] {
  const { root } = document
  return [
    ...idAdvice(document),
    ...choice(document, valueAt(root, ['category']), 'category', categories),
    ...rangeAdvice(document),
    ...placeholderAdvice(document),
    ...itemsOf(valueAt(root, ['includes'])).flatMap((item, index) => [
      ...choice(document, valueAt(item, ['type']), `includes[${index}].type`, includeTypes),
      ...choice(document, valueAt(item, ['role']), `includes[${index}].role`, roles),
    ]),
    ...itemsOf(valueAt(root, ['routes'])).flatMap((item, index) => [
      ...choice(document, valueAt(item, ['reqRole']), `routes[${index}].reqRole`, roles),
    ]),
  ]
}

/** The convention of the catalog, whose last part is the type. */
const ID = /^[0-9a-z]+-(?:[0-9a-z]+-)?(?<type>app|panel|datasource|secretsmanager|renderer)$/

function idAdvice({ root, at }: Document): readonly ManifestAdvice[] {
  const id = valueAt(root, ['id'])
  const type = valueAt(root, ['type'])
  if (id?.kind !== 'string' || type?.kind !== 'string' || type.value === 'renderer') return []
  const match = ID.exec(id.value)
  if (match?.groups?.['type'] === type.value) return []
  const expected = `an id such as organisation-name-${type.value}`
  return [
    {
      about: 'value',
      place: at(id.offset),
      expected,
      found: `"${id.value}"`,
      fix: 'Choose an id of that form before the plugin is published; later it can not be changed.',
    },
  ]
}

function rangeAdvice({ root, at }: Document): readonly ManifestAdvice[] {
  const range = valueAt(root, ['dependencies', 'grafanaDependency'])
  if (range?.kind !== 'string' || range.value === '' || isVersionRange(range.value)) return []
  return [
    {
      about: 'value',
      place: at(range.offset),
      expected: 'a range of versions such as >=10.4.0',
      found: `"${range.value}"`,
      fix: 'Write it as npm writes ranges.',
    },
  ]
}

function placeholderAdvice({ root, at, built }: Document): readonly ManifestAdvice[] {
  const version = valueAt(root, ['info', 'version'])
  if (!built || version?.kind !== 'string' || !/^%.*%$/.test(version.value)) return []
  return [
    {
      about: 'value',
      place: at(version.offset),
      expected: 'a version such as 1.2.0',
      found: `"${version.value}", a placeholder`,
      fix: 'Build the plugin: the front end build fills it in (plugin.json belongs into dist/).',
    },
  ]
}

function choice(
  { at }: Document,
  node: JsonNode | undefined,
  name: string,
  choices: readonly string[],
): readonly ManifestAdvice[] {
  if (node?.kind !== 'string' || node.value === '' || choices.includes(node.value)) return []
  const meant = nearest(node.value, choices)
  return [
    {
      about: 'value',
      place: at(node.offset),
      expected: `\`${name}\` to be one of ${choices.join(', ')}`,
      found: `"${node.value}"`,
      fix: meant === undefined ? 'Choose one of these.' : `Did you mean "${meant}"?`,
    },
  ]
}

function membersOf(node: JsonNode | undefined): readonly JsonMember[] {
  return node?.kind === 'object' ? node.members : []
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : []
}

/** What Go's decoder leaves in a field: the last member of that name, letter case aside, that is not null. */
function valueAt(node: JsonNode, path: readonly string[]): JsonNode | undefined {
  const [key, ...rest] = path
  if (key === undefined) return node
  const member = membersOf(node).findLast(
    (one) => one.key.toLowerCase() === key.toLowerCase() && one.value.kind !== 'null',
  )
  return member === undefined ? undefined : valueAt(member.value, rest)
}
