import { create } from '@bufbuild/protobuf'

import { PluginContextSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../behaviour.ts'
import type { Instance, Instances } from './instances.ts'

/** More data sources than one server has; beyond it the oldest instance goes. */
const MAX_INSTANCES = 1000

/** A cache with one instance per key, replaced when its version changes. A call in flight keeps the one it got (CTX-406). */
export function createInstances(behaviour: Behaviour): Instances {
  const known = new Map<string, { readonly version: string; readonly instance: Instance }>()
  let created = 0
  return {
    get size() {
      return known.size
    },
    get(context = create(PluginContextSchema), metadata) {
      const key = behaviour.instances.key(context, metadata)
      const version = behaviour.instances.version(context)
      const cached = known.get(key)
      if (cached?.version === version) return cached.instance
      created += 1
      const instance = behaviour.instances.create(context, created)
      known.set(key, { version, instance })
      const [oldest] = known.keys()
      if (known.size > MAX_INSTANCES && oldest !== undefined) known.delete(oldest)
      return instance
    },
  }
}
