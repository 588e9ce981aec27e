import { defineRules } from '../kernel/rule.ts'

const missing = 'the plugin does not start; its pages answer "Plugin not found".'

/** The handshake line and what stands behind it (lifecycle.md sections 3 to 5). */
export const rules = defineRules('handshake', {
  'serves-when-started': {
    statement:
      'Started without arguments, with the magic cookie alone, the plugin runs until it has announced itself.',
    level: 'must',
    consequence: `${missing} The log says "Failed to read any lines from plugin's stdout".`,
    sources: [{ spec: 'LIFE-007' }, { spec: 'LIFE-032' }, { spec: 'LIFE-065' }],
  },
  'failure-is-explained': {
    statement: 'A plugin that can not start says why on stderr, prints nothing on stdout and ends at once.',
    level: 'should',
    consequence:
      'whoever looks for the reason finds only "Unrecognized remote plugin message" in the log of Grafana.',
    sources: [{ spec: 'LIFE-064' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'arrives-in-time': {
    statement: 'The handshake arrives within 60 seconds of a cold start.',
    level: 'must',
    consequence:
      'the whole Grafana server waits 60 s before it opens its port; then the log says "timeout while waiting for plugin to start".',
    sources: [{ spec: 'LIFE-060' }, { spec: 'LIFE-061' }],
  },
  'arrives-soon': {
    statement: 'The handshake arrives within 5 seconds.',
    level: 'should',
    consequence: 'plugins start one after the other, so a slow one delays the start of the whole server.',
    sources: [{ spec: 'LIFE-061' }],
  },
  'first-line-is-the-handshake': {
    statement: 'The first line on stdout is the handshake, with nothing in front of it.',
    level: 'must',
    consequence: `${missing} The log says "Unrecognized remote plugin message".`,
    sources: [{ spec: 'LIFE-040' }, { spec: 'LIFE-065' }, { upstream: 'hashicorp/go-plugin:client.go' }],
  },
  'line-is-ended-and-flushed': {
    statement: 'The handshake ends with a line feed and is flushed at once.',
    level: 'must',
    consequence: `${missing} The log says "timeout while waiting for plugin to start" after 60 s.`,
    sources: [{ spec: 'LIFE-041' }],
  },
  'line-fits-the-buffer': {
    statement: 'The handshake line is shorter than 64 KiB.',
    level: 'must',
    consequence: `${missing} The log says "bufio.Scanner: token too long".`,
    sources: [{ spec: 'LIFE-052' }],
  },
  'fields-have-no-blanks': {
    statement: 'The fields of the handshake are separated by single bars without blanks around them.',
    level: 'must',
    consequence: missing,
    sources: [{ spec: 'LIFE-042' }],
  },
  'core-version-is-1': {
    statement: 'Field 1 of the handshake is the number 1.',
    level: 'must',
    consequence: `${missing} The log says "incompatible core API version with plugin".`,
    sources: [{ spec: 'LIFE-043' }],
  },
  'app-version-is-2': {
    statement: 'Field 2 of the handshake is the number 2.',
    level: 'must',
    consequence: `${missing} The log says "incompatible API version with plugin".`,
    sources: [{ spec: 'LIFE-044' }],
  },
  'versions-are-spelled-plainly': {
    statement:
      'Fields 1 and 2 of the handshake are spelled 1 and 2, without sign and without zeros in front.',
    level: 'should',
    consequence: 'none in Grafana, whose parser is lenient; hosts that compare texts refuse the plugin.',
    sources: [{ spec: 'LIFE-043' }, { spec: 'LIFE-044' }],
  },
  'offered-versions-change-nothing': {
    statement: 'The plugin announces version 2 whatever list of versions the host offers.',
    level: 'must',
    consequence: 'the plugin stops starting as soon as a Grafana offers a further version.',
    sources: [{ spec: 'LIFE-028' }, { spec: 'LIFE-044' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'network-is-tcp-or-unix': {
    statement: 'Field 3 of the handshake is `tcp` or `unix`, in lower case.',
    level: 'must',
    consequence:
      'Grafana 10.4.3 dies as a whole server when it first dials the plugin; later ones log "unknown address type" and lack the plugin.',
    sources: [{ spec: 'LIFE-045' }],
  },
  'address-is-dialable': {
    statement:
      'Field 4 of the handshake is an address at which the host reaches the plugin as it is written.',
    level: 'must',
    consequence:
      'every query fails with "Data source became unavailable during request", or the plugin does not start at all.',
    sources: [{ spec: 'LIFE-046' }],
  },
  'protocol-is-grpc': {
    statement: 'Field 5 of the handshake is `grpc`, in lower case.',
    level: 'must',
    consequence: `${missing} The log says "unsupported plugin protocol".`,
    sources: [{ spec: 'LIFE-047' }, { spec: 'LIFE-050' }],
  },
  'no-certificate-unasked': {
    statement: 'Without PLUGIN_CLIENT_CERT the plugin announces no certificate in field 6.',
    level: 'must',
    consequence:
      'a valid certificate ends the whole Grafana server with status 2; other text of more than 50 characters keeps the plugin from starting.',
    sources: [{ spec: 'LIFE-048' }, { spec: 'LIFE-091' }],
  },
  'multiplexing-is-announced-when-asked': {
    statement: 'A seventh field, `true` or `false`, follows only when PLUGIN_MULTIPLEX_GRPC asks for it.',
    level: 'should',
    consequence:
      'none on current servers; hosts with go-plugin before 1.6.0 take the seventh field for a part of the sixth.',
    sources: [{ spec: 'LIFE-049' }],
  },
  'listens-before-announcing': {
    statement: 'The plugin accepts connections before it prints the handshake.',
    level: 'must',
    consequence: 'the first queries after every start fail, for as long as gRPC backs off.',
    sources: [{ spec: 'LIFE-051' }],
  },
  'answers-in-plaintext': {
    statement: 'Behind the announced address a gRPC server answers in plaintext HTTP/2.',
    level: 'must',
    consequence:
      'the start of the whole Grafana server is blocked for 20 s, and then every call fails with "error reading server preface".',
    sources: [{ spec: 'LIFE-070' }, { spec: 'LIFE-072' }, { spec: 'LIFE-091' }],
  },
  'refuses-without-the-cookie': {
    statement:
      'Without its magic cookie the plugin explains on stderr that it is a plugin and ends with status 1, silent on stdout.',
    level: 'should',
    consequence:
      'none in Grafana, which always sets the cookie; who runs the file by hand sees a program that hangs.',
    sources: [{ spec: 'LIFE-030' }, { spec: 'LIFE-031' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
})
