import { createCertifiedKey } from '../../host/tls/certified-key.ts'
import type { TlsBehaviour } from '../behaviour.ts'

/** AutoMTLS as go-plugin's server does it: a pair of its own, and one trusted client (LIFE-092). */
export const referenceTls: TlsBehaviour = {
  pair(env) {
    const asked = env['PLUGIN_CLIENT_CERT']
    return asked === undefined || asked === '' ? null : createCertifiedKey()
  },
  trusted: (env) => env['PLUGIN_CLIENT_CERT'] ?? '',
  announce: ({ certificate }) => Buffer.from(certificate).toString('base64').replace(/=+$/, ''),
}
