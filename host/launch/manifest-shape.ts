import type { JsonNode } from './positioned-json.ts'

/** What Go's decoder accepts at a place of plugin.json; `null` and absence are accepted everywhere. */
export type Shape =
  | 'text'
  | 'flag'
  | 'anything'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly members: Readonly<Record<string, Shape>> }

const links: Shape = { list: { members: { name: 'text', url: 'text' } } }
const namedValues: Shape = { list: { members: { name: 'text', content: 'text' } } }
const tokenAuth: Shape = { members: { url: 'text', scopes: { list: 'text' }, params: { map: 'text' } } }

/**
 * The fields of plugin.json whose types every Grafana since 10 agrees on; one of another type makes it refuse the whole file.
 *
 * Source: grafana:pkg/plugins/plugins.go (`JSONData`, `Route`), grafana:pkg/plugins/models.go (`Info`, `Dependencies`, `Includes`).
 */
export const manifestShape: Shape = {
  members: {
    id: 'text',
    type: 'text',
    name: 'text',
    executable: 'text',
    category: 'text',
    state: 'text',
    backend: 'flag',
    streaming: 'flag',
    alerting: 'flag',
    annotations: 'flag',
    metrics: 'flag',
    logs: 'flag',
    tracing: 'flag',
    explore: 'flag',
    tables: 'flag',
    mixed: 'flag',
    builtIn: 'flag',
    hideFromList: 'flag',
    preload: 'flag',
    autoEnabled: 'flag',
    skipDataQuery: 'flag',
    queryOptions: { map: 'flag' },
    info: {
      members: {
        author: { members: { name: 'text', url: 'text' } },
        description: 'text',
        links,
        logos: { members: { small: 'text', large: 'text' } },
        screenshots: { list: { members: { name: 'text', path: 'text' } } },
        version: 'text',
        updated: 'text',
        keywords: { list: 'text' },
      },
    },
    dependencies: {
      members: {
        grafanaDependency: 'text',
        grafanaVersion: 'text',
        plugins: { list: { members: { id: 'text', type: 'text', name: 'text' } } },
      },
    },
    includes: {
      list: {
        members: {
          name: 'text',
          path: 'text',
          type: 'text',
          component: 'text',
          role: 'text',
          action: 'text',
          icon: 'text',
          uid: 'text',
          addToNav: 'flag',
          defaultNav: 'flag',
        },
      },
    },
    routes: {
      list: {
        members: {
          path: 'text',
          method: 'text',
          url: 'text',
          reqRole: 'text',
          authType: 'text',
          urlParams: namedValues,
          headers: namedValues,
          tokenAuth,
          jwtTokenAuth: tokenAuth,
          body: 'anything',
        },
      },
    },
  },
}

/** A place where a value has another type than Grafana's decoder wants. */
export interface Misshape {
  /** Such as `routes[0].headers`. */
  readonly path: string
  /** Such as `a list`. */
  readonly expected: string
  readonly node: JsonNode
}

/** The first value of another type than the shape says, in the order of the text; keys match whatever their letter case, as in Go. */
export function misshape(node: JsonNode, shape: Shape, path = ''): Misshape | undefined {
  if (shape === 'anything' || node.kind === 'null') return undefined
  const wrong = (expected: string): Misshape => ({ path, expected, node })
  if (shape === 'text') return node.kind === 'string' ? undefined : wrong('a string')
  if (shape === 'flag') return node.kind === 'boolean' ? undefined : wrong('true or false')
  if ('list' in shape) {
    if (node.kind !== 'array') return wrong('a list')
    return first(node.items.map((item, index) => () => misshape(item, shape.list, `${path}[${index}]`)))
  }
  if (node.kind !== 'object') return wrong('an object')
  const shapeOf = (key: string): Shape => {
    if ('map' in shape) return shape.map
    const name = Object.keys(shape.members).find((known) => known.toLowerCase() === key.toLowerCase())
    return name === undefined ? 'anything' : (shape.members[name] ?? 'anything')
  }
  return first(
    node.members.map(
      ({ key, value }) =>
        () =>
          misshape(value, shapeOf(key), path === '' ? key : `${path}.${key}`),
    ),
  )
}

function first(checks: ReadonlyArray<() => Misshape | undefined>): Misshape | undefined {
  for (const check of checks) {
    const found = check()
    if (found !== undefined) return found
  }
  return undefined
}
