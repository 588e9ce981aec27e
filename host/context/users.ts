import type { MessageInitShape } from '@bufbuild/protobuf'

import type { UserSchema } from '../../proto/gen/grafana/backend_pb.js'

/** The fields of the protocol's `User`: login, name, email and role. */
export type UserFields = MessageInitShape<typeof UserSchema>

/** Who makes a request: someone of the list below, `none` for a request without any identity, or fields of one's own. */
export type Requester = UserName | 'none' | UserFields

/** The requesters that have been seen in real requests. */
export type UserName = keyof typeof users

/** The `user` message as real servers fill it in (CTX-107; recordings `b-one`, `b-user-*`, `b-alert-rule`). */
export const users = {
  admin: { login: 'admin', name: 'admin', email: 'admin@localhost', role: 'Admin' },
  editor: { login: 'editor', name: 'Name of editor', email: 'editor@example.org', role: 'Editor' },
  viewer: { login: 'viewer', name: 'Name of viewer', email: 'viewer@example.org', role: 'Viewer' },
  anonymous: { login: '', name: '', email: '', role: 'Viewer' },
  'service-account': { login: 'sa-1-robot', name: 'robot', email: 'sa-1-robot', role: 'Viewer' },
  scheduler: { login: 'grafana_scheduler', name: 'grafana_scheduler', email: '', role: 'Admin' },
} as const satisfies Readonly<Record<string, UserFields>>
