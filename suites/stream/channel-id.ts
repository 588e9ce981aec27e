/** A channel as Grafana names it: scope, namespace and the path that the plugin sees (STREAM-101). */
export interface ChannelId {
  readonly scope: string
  readonly namespace: string
  readonly path: string
}

/** Longest channel id that Grafana takes (sdk-go:live/channel.go). */
const MAX_LENGTH = 160

/** The class `A-z` is upstream's, the six characters between Z and a included. */
// oxlint-disable-next-line no-misleading-character-class -- copied from sdk-go:live/channel.go
const NAME = /^[A-z0-9_\-.]+$/
// oxlint-disable-next-line no-misleading-character-class -- copied from sdk-go:live/channel.go
const PATH = /^[A-z0-9_\-/=.]+$/

/** Reads a channel id, or says what is wrong with it (STREAM-101). */
export function parseChannelId(text: string): ChannelId | { readonly fault: string } {
  const [scope, namespace, ...rest] = text.split('/')
  const path = rest.join('/')
  if (text.length > MAX_LENGTH) return { fault: `${text.length} characters` }
  if (scope === undefined || namespace === undefined || path === '')
    return { fault: 'fewer than three parts' }
  if (!NAME.test(scope) || !NAME.test(namespace))
    return { fault: 'a scope or namespace with other characters' }
  if (!PATH.test(path)) return { fault: 'a path with other characters' }
  return { scope, namespace, path }
}
