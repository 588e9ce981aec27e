import type { BadStart } from './bad-start.ts'
import { node, printing, shell } from './bad-start.ts'
import { throwaway } from './throwaway-certificate.ts'

/** Long enough for a probe on a busy machine, and for nothing else. */
const soon = { lateListener: 300, connect: 3_000 } as const

/** A Node script that serves with `server` where `listen` says and prints `line`, both of them JavaScript. */
function serving(server: string, listen: string, line: string): BadStart['files'] {
  return node(
    `const server = ${server}`,
    `server.on('error', (error) => { console.error(String(error)) })`,
    `server.listen(${listen}, () => { const { port } = server.address(); console.log(${line}) })`,
  )
}

const http2 = "require('node:http2').createServer()"
const announced = "'1|2|tcp|127.0.0.1:' + port + '|grpc'"

/** Plugins that announce themselves and can't be reached as they say (failure stories 5, 6, 13). */
export const addresses: readonly BadStart[] = [
  {
    id: 'announces-where-nobody-listens',
    story: 5,
    files: printing('1|2|tcp|127.0.0.1:1|grpc'),
    budgets: soon,
    diagnosed: 'nobody-listens',
    says: [
      'Nobody listens on 127.0.0.1:1',
      'connection attempts',
      'ECONNREFUSED',
      'dial tcp 127.0.0.1:1: connect: connection refused',
    ],
  },
  {
    id: 'ends-after-announcing',
    story: 5,
    files: shell("echo '1|2|tcp|127.0.0.1:1|grpc'", 'exit 3'),

    diagnosed: 'ends-after-announcing',
    says: ['exit status 3', 'Keep the started process serving'],
  },
  {
    id: 'listens-on-ipv6-and-announces-ipv4',
    story: 6,
    files: serving(http2, "0, '::1'", announced),
    budgets: soon,
    diagnosed: 'other-family',
    says: ['[::1]:', 'who answers', 'best 127.0.0.1'],
    linux: true,
  },
  {
    id: 'listens-on-ipv4-and-announces-ipv6',
    story: 6,
    files: serving(http2, "0, '127.0.0.1'", "'1|2|tcp|[::1]:' + port + '|grpc'"),
    budgets: soon,
    diagnosed: 'other-family',
    says: ['127.0.0.1:', 'other address family'],
  },
  {
    id: 'announces-another-port',
    story: 6,
    files: serving(http2, "0, '127.0.0.1'", "'1|2|tcp|127.0.0.1:1|grpc'"),
    budgets: soon,
    diagnosed: 'other-port',
    says: ['listens elsewhere: 127.0.0.1:', 'ask the listener'],
    linux: true,
  },
  {
    id: 'announces-a-name-that-nobody-knows',
    story: 6,
    files: printing('1|2|tcp|no-such-host.invalid:5|grpc'),
    diagnosed: 'unknown-host',
    says: ['lookup no-such-host.invalid: no such host', 'Bind 127.0.0.1'],
  },
  {
    id: 'announces-a-socket-that-is-not-there',
    story: 12,
    files: printing('1|2|unix|/no/such/folder/p.sock|grpc'),
    budgets: soon,
    diagnosed: 'nobody-listens',
    says: ['dial unix /no/such/folder/p.sock', 'no such file or directory'],
  },
  {
    id: 'announces-its-socket-with-a-scheme',
    story: 4,
    files: node(
      "const file = require('node:path').join(__dirname, 's')",
      "require('node:http2').createServer().listen(file, () => console.log('1|2|unix|unix://' + file + '|grpc'))",
    ),
    budgets: soon,
    diagnosed: 'other-place',
    says: ['taken literally', 'Print the path alone'],
    linux: true,
  },
  {
    id: 'announces-tcp-and-listens-on-a-socket',
    story: 5,
    files: node(
      "const file = require('node:path').join(__dirname, 's')",
      "require('node:http2').createServer().listen(file, () => console.log('1|2|tcp|127.0.0.1:1|grpc'))",
    ),
    budgets: soon,
    diagnosed: 'other-place',
    says: ['listens elsewhere: unix:'],
    linux: true,
  },
  {
    id: 'finds-its-port-taken-after-announcing',
    story: 5,
    files: shell(
      "echo '1|2|tcp|127.0.0.1:1|grpc'",
      "echo 'listen tcp 127.0.0.1:1: bind: address already in use' >&2",
      'exit 1',
    ),

    diagnosed: 'port-taken',
    says: ['constant port (127.0.0.1:1)'],
  },
  {
    id: 'serves-tls-unasked',
    story: 13,
    files: {
      'key.pem': throwaway.key,
      'cert.pem': throwaway.cert,
      ...serving(
        "require('node:http2').createSecureServer({ key: require('node:fs').readFileSync(__dirname + '/key.pem'), cert: require('node:fs').readFileSync(__dirname + '/cert.pem') })",
        "0, '127.0.0.1'",
        announced,
      ),
    },
    diagnosed: 'speaks-tls',
    says: ['wants TLS', 'DNS:localhost', 'PLUGIN_CLIENT_CERT'],
  },
  {
    id: 'serves-http-1',
    story: 5,
    files: serving("require('node:http').createServer()", "0, '127.0.0.1'", announced),
    diagnosed: 'speaks-http1',
    says: ['HTTP/1.1 400 Bad Request', 'h2c', 'looked like an HTTP/1.1 header'],
  },
  {
    id: 'serves-something-else',
    story: 5,
    files: serving(
      "require('node:net').createServer((socket) => socket.on('error', () => {}).write('SSH-2.0-OpenSSH_9.2\\r\\n'))",
      "0, '127.0.0.1'",
      announced,
    ),
    diagnosed: 'speaks-otherwise',
    says: ['SSH-2.0-OpenSSH_9.2'],
  },
  {
    id: 'hangs-up',
    story: 5,
    files: serving(
      "require('node:net').createServer((socket) => socket.on('error', () => {}).destroy())",
      "0, '127.0.0.1'",
      announced,
    ),
    budgets: soon,
    diagnosed: 'hangs-up',
    says: ['hangs up', 'error reading server preface'],
  },
  {
    id: 'accepts-and-never-answers',
    story: 5,
    files: serving(
      "require('node:net').createServer((socket) => socket.on('error', () => {}))",
      "0, '127.0.0.1'",
      announced,
    ),
    budgets: soon,
    diagnosed: 'never-answers',
    says: ['says nothing', 'use of closed network connection'],
  },
]
