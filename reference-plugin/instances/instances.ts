import type { Metadata } from '@grpc/grpc-js'

import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'

/** A configured data source as the plugin keeps it between calls. */
export interface Instance {
  /** Counts the instances of this process from 1, so that reuse can be seen from outside. */
  readonly id: number
  readonly settings: Settings
  /** Name and uid of the data source; empty when the call came without settings (CTX-104). */
  readonly name: string
  readonly uid: string
  readonly url: string
  /** Names of the secrets that are set, never their values (CTX-112). */
  readonly secretKeys: readonly string[]
}

/** What `jsonData` turned out to be. */
export type Settings =
  | { readonly kind: 'usable'; readonly jsonData: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unusable'; readonly reason: string }

/** The instances of one process, reused as long as nothing changes (CTX-403). */
export interface Instances {
  /** How many are kept now. */
  readonly size: number
  get(context: PluginContext | undefined, metadata: Metadata): Instance
}
