/**
 * A Node script that speaks gRPC without any library, as a plugin for tests.
 *
 * `onCall` is JavaScript: the body of a function of `path`, `stream` (Node's HTTP/2 stream, nothing sent yet) and `asked` (the host's
 * headers), beside `grpc`, which offers
 * `message(bytes)` (one message, framed), `begin(stream)`, `end(stream, code)` and `refuse(stream, code)`. Shutdown is answered and obeyed.
 */
export function grpcScript(onCall: string, beforeHandshake = ''): string {
  return `#!${process.execPath}
const headers = { ':status': 200, 'content-type': 'application/grpc' }
const grpc = {
  message(bytes) {
    const prefix = Buffer.alloc(5)
    prefix.writeUInt32BE(bytes.length, 1)
    return Buffer.concat([prefix, bytes])
  },
  begin(stream) {
    stream.respond(headers, { waitForTrailers: true })
  },
  end(stream, code = 0) {
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(code) }))
    stream.end()
  },
  refuse(stream, code) {
    stream.respond({ ...headers, 'grpc-status': String(code) }, { endStream: true })
  },
}
function onCall(path, stream, asked) {
${onCall}
}
const server = require('node:http2').createServer()
server.on('sessionError', () => {})
server.on('stream', (stream, sent) => {
  stream.on('error', () => {})
  const path = sent[':path']
  if (!path.endsWith('/Shutdown')) return onCall(path, stream, sent)
  stream.on('close', () => process.exit(0))
  grpc.refuse(stream, 0)
})
server.listen(0, '127.0.0.1', () => {
${beforeHandshake}
  process.stdout.write('1|2|tcp|127.0.0.1:' + server.address().port + '|grpc\\n')
})
`
}
