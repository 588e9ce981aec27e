import { defineRules } from '../kernel/rule.ts'

/** The running process: connections, crash, end (lifecycle.md sections 6, 8, 9, 11, 12, 13). */
export const rules = defineRules('lifecycle', {
  survives: {
    statement: 'The process lives until the host ends it.',
    level: 'must',
    consequence:
      'every request in flight fails for every user, and Grafana starts the plugin anew each second.',
    sources: [{ spec: 'LIFE-151' }, { spec: 'LIFE-114' }, { spec: 'DATA-406' }],
  },
  'speaks-cleartext-http2': {
    statement:
      'A new connection gets HTTP/2 SETTINGS at once, without TLS or an upgrade, and serves calls to the authority `unused`.',
    level: 'must',
    consequence:
      'Grafana waits up to 20 s for the connection, with the start of the whole server, and every call fails.',
    sources: [{ spec: 'LIFE-070' }, { spec: 'LIFE-071' }, { spec: 'LIFE-072' }],
  },
  'answers-pings': {
    statement: 'The server answers an HTTP/2 PING and keeps the connection.',
    level: 'must',
    consequence: 'queries fail now and then with "connection unavailable" although the plugin runs.',
    sources: [{ spec: 'LIFE-080' }, { spec: 'LIFE-079' }],
  },
  'unknown-methods-are-unimplemented': {
    statement:
      'A call of an unknown service or method ends with UNIMPLEMENTED and leaves the connection intact.',
    level: 'must',
    consequence:
      'a newer Grafana, which asks for services that the plugin does not know, loses its connection or shows failures.',
    sources: [{ spec: 'LIFE-101' }, { spec: 'LIFE-112' }],
  },
  'serves-further-connections': {
    statement: 'The announced address accepts further connections while others are open.',
    level: 'must',
    consequence: 'after a reconnect every query fails until somebody restarts Grafana.',
    sources: [{ spec: 'LIFE-074' }, { spec: 'LIFE-075' }],
  },
  'outlives-its-connection': {
    statement: 'A plugin whose last connection broke runs on and serves the next one.',
    level: 'must',
    consequence: 'after 30 idle minutes, when Grafana closes the connection, the plugin is gone or deaf.',
    sources: [{ spec: 'LIFE-074' }, { spec: 'LIFE-075' }, { spec: 'LIFE-151' }],
  },
  'serves-beside-open-streams': {
    statement: 'A hundred calls at once are answered while twenty streams are open on the same connection.',
    level: 'must',
    consequence: 'a few live panels are enough to make every query and health check of the plugin hang.',
    sources: [{ spec: 'LIFE-087' }],
  },
  'ignores-unknown-metadata': {
    statement: 'Metadata that the plugin does not know, or none at all, changes no answer.',
    level: 'must',
    consequence: 'requests fail after an upgrade of Grafana, or as soon as tracing is switched on or off.',
    sources: [{ spec: 'LIFE-088' }, { spec: 'CTX-302' }],
  },
  'accepts-large-requests': {
    statement: 'Request messages of up to 16 MiB are accepted.',
    level: 'should',
    consequence:
      'uploads and long queries fail with "The response is too large" or HTTP 500, and no setting of grafana.ini changes that.',
    sources: [
      { spec: 'LIFE-077' },
      { spec: 'DATA-405' },
      { doc: 'Failure story 14: "Received message larger than max"' },
    ],
  },
  'sends-large-responses': {
    statement: 'A response of 32 MiB arrives complete.',
    level: 'must',
    consequence:
      'a query with many rows fails with "The response is too large", although Grafana would take it.',
    sources: [{ spec: 'LIFE-078' }, { spec: 'DATA-404' }],
  },
  'health-service-answers': {
    statement:
      'grpc.health.v1 says SERVING for `plugin`, SERVING or NOT_FOUND for the empty name, and NOT_FOUND for others.',
    level: 'should',
    consequence: 'nothing in Grafana itself; other hosts and supervisors take the plugin for dead.',
    sources: [{ spec: 'LIFE-106' }, { doc: 'Failure story 10: no gRPC health service' }],
  },
  'ready-after-handshake': {
    statement: 'The first call after the handshake is answered like later ones.',
    level: 'must',
    consequence: 'the first dashboards after every restart show errors.',
    sources: [{ spec: 'LIFE-141' }],
  },
  'offers-diagnostics': {
    statement: 'CheckHealth is implemented.',
    level: 'should',
    consequence: '"Save & test" says "Health check not implemented".',
    sources: [{ spec: 'LIFE-113' }],
  },
  'offers-shutdown': {
    statement: 'GRPCController/Shutdown is implemented.',
    level: 'should',
    consequence: 'every stop takes 2 s longer and ends in SIGKILL, a warning and an error in the log.',
    sources: [{ spec: 'LIFE-105' }],
  },
  'exits-on-shutdown': {
    statement: 'After Shutdown the process exits by itself within 2 s, with status 0.',
    level: 'should',
    consequence:
      'the log says "plugin failed to exit gracefully", the process is killed, and unflushed data is lost.',
    sources: [{ spec: 'LIFE-161' }],
  },
  'shutdown-call-ends': {
    statement: 'The Shutdown call ends within 2 s, whatever streams and queries are under way.',
    level: 'must',
    consequence: 'Grafana hangs when it stops, updates or removes the plugin, and has to be killed.',
    sources: [{ spec: 'LIFE-162' }, { spec: 'LIFE-163' }],
  },
  'removes-its-socket': {
    statement: 'The file of a unix socket is gone after an orderly exit.',
    level: 'should',
    consequence: 'stale sockets pile up in the temporary directory.',
    sources: [{ spec: 'LIFE-085' }],
  },
  'ignores-sigint': {
    statement: 'SIGINT does not end a plugin that Grafana manages.',
    level: 'should',
    consequence:
      'Ctrl-C in the terminal of Grafana logs plugin crashes and restarts before the orderly stop.',
    sources: [{ spec: 'LIFE-165' }],
  },
  'ends-on-sigterm': {
    statement: 'SIGTERM ends the process within 2 s.',
    level: 'should',
    consequence: 'stopping the service takes until its supervisor loses patience.',
    sources: [{ spec: 'LIFE-166' }],
  },
  'is-one-process': {
    statement: 'With the process that the host started end its pipes and its address.',
    level: 'must',
    consequence: 'a crash is never noticed, the plugin never restarted, and Grafana hangs when it stops.',
    sources: [{ spec: 'LIFE-011' }],
  },
  'leaves-nobody-behind': {
    statement: 'After an orderly stop no process is left that the plugin had started.',
    level: 'should',
    consequence:
      'orphans pile up with every restart and update, and one that holds stdout or stderr makes Grafana wait for ever.',
    sources: [
      { spec: 'LIFE-011' },
      { spec: 'LIFE-160' },
      { doc: 'docs/protocol/pain.md, 34: The plugin outlives its host' },
    ],
  },
  'stays-calm-without-pipes': {
    statement: 'A plugin whose stdout and stderr nobody reads any more exits or idles.',
    level: 'must',
    consequence: 'after a crash of Grafana an orphan burns a processor.',
    sources: [{ spec: 'LIFE-168' }, { spec: 'LIFE-167' }],
  },
})
