import type { ResourceAnswer } from './answer.ts'

/** A JSON answer with its Content-Type (RES-205). */
export function jsonAnswer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, readonly string[]>> = {},
): ResourceAnswer {
  return {
    status,
    headers: { 'Content-Type': ['application/json'], ...headers },
    body: Buffer.from(JSON.stringify(body)),
  }
}

/** An HTTP error as an ordinary answer; only a broken plugin answers with a gRPC error (RES-212). */
export function errorAnswer(
  status: number,
  message: string,
  headers: Readonly<Record<string, readonly string[]>> = {},
): ResourceAnswer {
  return jsonAnswer({ message }, status, headers)
}
