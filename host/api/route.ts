import type { HostProfile } from '../context/profile.ts'
import { errorAnswer, errorHabits, plainAnswer } from './error-answer.ts'
import type { HttpAnswer } from './grafana-answer.ts'

/** Whose settings go with a call (CTX-103). */
export type RouteTarget =
  | { readonly kind: 'datasource'; readonly uid: string }
  /** The deprecated form by number. */
  | { readonly kind: 'datasource-id'; readonly id: number }
  | { readonly kind: 'plugin'; readonly pluginId: string }

/** What an HTTP request asks of a plugin. */
export type Route =
  /** The data sources stand in the body. */
  | { readonly kind: 'query' }
  /** The API server's route for one data source; its `Accept` decides whether it is chunked (CHUNK-101). */
  | { readonly kind: 'datasource-query'; readonly target: RouteTarget }
  /** `path` is what follows `resources/`, still percent-encoded. */
  | { readonly kind: 'resource'; readonly target: RouteTarget; readonly path: string; readonly query: string }
  | { readonly kind: 'health'; readonly target: RouteTarget }
  | { readonly kind: 'metrics'; readonly target: RouteTarget }
  | { readonly kind: 'publish' }
  /** Grafana answers by itself. */
  | { readonly kind: 'refused'; readonly answer: HttpAnswer }

/** Finds out what Grafana makes of a request line (RES-101, RES-105, HEALTH-001, METRICS-001, DATA-307). */
export function routeOf(profile: HostProfile, method: string, url: string): Route {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const fits = (wanted: string, route: Route): Route => (method === wanted ? route : notFound(profile))
  if (path === '/api/ds/query') return fits('POST', { kind: 'query' })
  if (path === '/api/live/publish') return fits('POST', { kind: 'publish' })
  const scrape = /^\/metrics\/plugins\/([^/]+)$/.exec(path)?.[1]
  if (scrape !== undefined)
    return fits('GET', { kind: 'metrics', target: { kind: 'plugin', pluginId: scrape } })
  const found = forms
    .map(({ form, target }) => ({ match: form.exec(path), target }))
    .find(({ match }) => match !== null)
  const [, owner = '', service = '', rest = ''] = found?.match ?? []
  const target = found?.target(owner)
  switch (target === undefined ? '' : service) {
    case 'resources':
      return target === undefined
        ? notFound(profile)
        : resourceRoute(profile, method, { target, path: rest, query })
    case 'health':
      return target === undefined ? notFound(profile) : fits('GET', { kind: 'health', target })
    case 'metrics':
      return target?.kind !== 'plugin' ? notFound(profile) : fits('GET', { kind: 'metrics', target })
    case 'query':
      return target === undefined ? notFound(profile) : fits('POST', { kind: 'datasource-query', target })
    default:
      return notFound(profile)
  }
}

/** `…/resources`, `…/resources/` and whatever follows, `…/health`, …: grafana:pkg/api/api.go, pkg/registry/apis/datasource. */
const forms: ReadonlyArray<{ readonly form: RegExp; readonly target: (owner: string) => RouteTarget }> = [
  {
    form: /^\/api\/datasources\/uid\/([^/]+)\/(resources|health)(?:(?<=resources)\/(.*))?$/s,
    target: (uid) => ({ kind: 'datasource', uid }),
  },
  {
    form: /^\/api\/datasources\/(\d+)\/(resources|health)(?:(?<=resources)\/(.*))?$/s,
    target: (id) => ({ kind: 'datasource-id', id: Number(id) }),
  },
  {
    form: /^\/api\/plugins\/([^/]+)\/(resources|health|metrics)(?:(?<=resources)\/(.*))?$/s,
    target: (pluginId) => ({ kind: 'plugin', pluginId }),
  },
  {
    form: /^\/apis\/[^/]+\.datasource\.grafana\.app\/v0alpha1\/namespaces\/[^/]+\/datasources\/([^/]+)\/(resources|health|query)(?:(?<=resources)\/(.*))?$/s,
    target: (uid) => ({ kind: 'datasource', uid }),
  },
]

/** Methods that every release passes on, and those that only older ones do (RES-105). */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']
const olderMethods = ['HEAD', 'OPTIONS']

function resourceRoute(
  profile: HostProfile,
  method: string,
  where: { readonly target: RouteTarget; readonly path: string; readonly query: string },
): Route {
  if (!methods.includes(method)) {
    if (errorHabits(profile).oddMethods === 'refused') return { kind: 'refused', answer: methodNotAllowed }
    if (!olderMethods.includes(method)) return notFound(profile)
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(where.path)) return { kind: 'refused', answer: badRequest }
  return { kind: 'resource', ...where }
}

/** grafana:pkg/api/plugin_resource.go allowedResourceMethods */
const methodNotAllowed: HttpAnswer = {
  kind: 'http',
  status: 405,
  body: '',
  headers: [['Allow', 'DELETE, GET, PATCH, POST, PUT']],
  says: 'Method Not Allowed',
}

/** Go's HTTP server refuses a malformed request line before Grafana sees it (RES-102). */
const badRequest: HttpAnswer = {
  kind: 'http',
  status: 400,
  contentType: 'text/plain; charset=utf-8',
  body: '400 Bad Request',
  says: '400 Bad Request',
}

function notFound(profile: HostProfile): Route {
  return { kind: 'refused', answer: utf8(plainAnswer(profile, { status: 404, message: 'Not found' })) }
}

/** Why there is no plugin to ask. */
export type MissingTarget =
  | 'datasource-unknown'
  | 'plugin-unknown'
  /** An app that nobody has enabled yet. */
  | 'app-never-configured'
  | 'app-disabled'
  | 'plugin-without-backend'

/** What Grafana answers by itself when there is nothing behind a route (HEALTH-001; recordings `e-*`, `d-unknown-*`, `f-unknown`). */
export function missingTargetAnswer(
  profile: HostProfile,
  service: 'query' | 'resource' | 'health' | 'metrics',
  missing: MissingTarget,
): HttpAnswer {
  switch (missing) {
    case 'datasource-unknown':
      if (service === 'query')
        return plainAnswer(profile, { status: 404, message: 'Data source not found', traced: true })
      if (service === 'resource') return noMetaData
      return plainAnswer(profile, {
        status: 500,
        message: 'Unable to load datasource metadata',
        traced: true,
      })
    case 'plugin-unknown':
      return service === 'metrics'
        ? errorAnswer(profile, 'plugin.notRegistered', 'plugin not registered')
        : utf8(plainAnswer(profile, { status: 404, message: 'Plugin not found' }))
    case 'app-never-configured': {
      const message = errorHabits(profile).traceId ? 'Plugin not found' : 'Plugin setting not found'
      return utf8(plainAnswer(profile, { status: 404, message }))
    }
    case 'app-disabled':
      return utf8(plainAnswer(profile, { status: 404, message: 'Plugin is not enabled' }))
    case 'plugin-without-backend':
      return errorAnswer(profile, 'plugin.unavailable', 'plugin unavailable')
    default:
      return missing satisfies never
  }
}

/** The resource handler spells it otherwise, and keeps the empty `traceID` in every release (recording `d-unknown-ds`). */
const noMetaData: HttpAnswer = {
  kind: 'http',
  status: 500,
  contentType: 'application/json; charset=UTF-8',
  body: '{"message":"Unable to load datasource meta data","traceID":""}',
  says: 'Unable to load datasource meta data',
}

/** Handlers that answer by hand name the character set. */
function utf8(answer: HttpAnswer): HttpAnswer {
  return { ...answer, contentType: 'application/json; charset=UTF-8' }
}
