const header = { alg: 'ES256', kid: 'default', typ: 'jwt' }

/** Fixed times, so that two runs send the same bytes; the token looks expired, but nobody has the key to check it. */
const claims = {
  aud: ['org:1'],
  exp: 1_700_003_600,
  iat: 1_700_000_000,
  iss: 'http://localhost:3000/',
  sub: 'user:1',
  type: 'user',
  username: 'admin',
}

/** A made-up id token of the shape that Grafana signs for `X-Grafana-Id`; `secret` stands where the signature would. */
export function madeUpIdToken(secret: string): string {
  return [encoded(header), encoded(claims), secret].join('.')
}

/** The id token of requests for which nobody gave one. */
export const defaultIdToken = madeUpIdToken('no-signature')

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
