/** A script that does not fit fixtures/script.schema.json; the message says where and why. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
}
