import { create } from '@bufbuild/protobuf'

import { CallResourceRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { pluginContext } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { RunOptions } from './run-options.ts'
import type { Contract } from './subject.ts'

/** Where a scripted subject says that it is one (fixtures/script.schema.json). */
const CONTRACT_PATH = 'conformance/contract'

/** Asks the plugin whether it follows the scripted contract; anything but a clear yes means that it does not. */
export async function detectContract(plugin: Plugin, options: RunOptions): Promise<Contract> {
  const { subject, profile } = options
  const context = pluginContext(profile, {
    id: subject.id,
    version: subject.version,
    type: subject.type ?? 'datasource',
  })
  const request = create(CallResourceRequestSchema, {
    pluginContext: context,
    path: CONTRACT_PATH,
    url: CONTRACT_PATH,
    method: 'GET',
  })
  const result = await plugin.as('contract').resource.callResource(request).all()
  if (result.kind !== 'answered' || result.message[0]?.code !== 200) return 'any'
  const body = Buffer.concat(result.message.map((message) => message.body)).toString('utf8')
  return /^\s*\{\s*"conformance"\s*:\s*1\b/.test(body) ? 'scripted' : 'any'
}
