import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'

/** The headers of an answer as they travel. */
export type AnswerHeaders = CallResourceResponse['headers']

/** Why a code is no final HTTP status, or undefined when it is one; 600 to 999 pass through Grafana (RES-201). */
export function statusFault(code: number): string | undefined {
  return code >= 200 && code <= 999 ? undefined : `code ${code} in the first message`
}

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The first header that HTTP can't carry, or undefined (RES-211). */
export function headerTextFault(headers: AnswerHeaders): string | undefined {
  for (const [name, { values }] of Object.entries(headers)) {
    if (!TOKEN.test(name)) return `a header with the name ${JSON.stringify(shorten(name))}`
    const bad = values.find((value) => /[\r\n\0]/.test(value))
    if (bad !== undefined) return `${name}: ${JSON.stringify(shorten(bad))}`
  }
  return undefined
}

/** What Grafana removes or overwrites (RES-207). */
const STRIPPED = ['set-cookie', 'connection', 'transfer-encoding', 'upgrade', 'content-security-policy']

/** The names of those headers that never reach a browser (RES-207). */
export function strippedHeaders(headers: AnswerHeaders): readonly string[] {
  return Object.keys(headers).filter((name) => STRIPPED.includes(name.toLowerCase()))
}

/** Every value of a header, whatever its spelling; undefined when the header is not there. */
export function headerValues(headers: AnswerHeaders, name: string): readonly string[] | undefined {
  const found = Object.entries(headers).filter(([spelled]) => spelled.toLowerCase() === name.toLowerCase())
  return found.length === 0 ? undefined : found.flatMap(([, { values }]) => values)
}

/** An answer as far as it has arrived. */
export interface SeenAnswer {
  readonly httpMethod: string
  readonly code: number
  readonly headers: AnswerHeaders
  readonly bodyBytes: number
}

/**
 * Whether a body goes without a name of its type.
 *
 * Errors are exempt: the Go SDK looks at the body only when a handler writes before it calls WriteHeader. A header without
 * values asks Grafana to look at the body itself (RES-205).
 */
export function lacksContentType({ code, headers, bodyBytes }: SeenAnswer): boolean {
  // With these two Grafana adds no type, and a body is a fault of its own (RES-208).
  if (code === 204 || code === 304) return false
  return code >= 200 && code <= 399 && bodyBytes > 0 && headerValues(headers, 'Content-Type') === undefined
}

/** Whether this answer never has a body, so that a length that it states is that of another one (RFC 9110 section 8.6). */
function isBodyless({ httpMethod, code }: SeenAnswer): boolean {
  return httpMethod === 'HEAD' || code === 204 || code === 304
}

/** The stated length that is not the body's, or undefined (RES-210). */
export function contentLengthFault(answer: SeenAnswer): string | undefined {
  if (isBodyless(answer)) return undefined
  const values = headerValues(answer.headers, 'Content-Length') ?? []
  const wrong = values.find((value) => value.trim() !== String(answer.bodyBytes))
  return wrong === undefined ? undefined : `Content-Length ${shorten(wrong)} with ${answer.bodyBytes} bytes`
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 56)}…` : text
}
