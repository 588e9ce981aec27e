import { defineRules } from '../kernel/rule.ts'

/** What a CallResource answer has to be (rpc.md section 4). */
export const rules = defineRules('resource', {
  'status-in-first-message': {
    statement: 'The first message of a resource answer carries its final HTTP status.',
    level: 'must',
    consequence:
      'the browser gets HTTP 500, or an answer whose body is lost, although the plugin did its work.',
    sources: [
      { spec: 'RES-201' },
      { proto: 'CallResourceResponse.code' },
      { upstream: 'grafana:pkg/plugins/httpresponsesender/http_response_sender.go' },
    ],
  },
  'at-least-one-message': {
    statement: 'A resource call that succeeds sends at least one message, also when its body is empty.',
    level: 'must',
    consequence:
      'the browser gets HTTP 500, or from newer servers HTTP 200 without any header of the plugin.',
    sources: [{ spec: 'RES-202' }],
  },
  'body-complete': {
    statement: 'The bodies of all messages, in their order, are the body of the answer.',
    level: 'must',
    consequence: 'downloads are corrupted, and nothing in Grafana notices.',
    sources: [{ spec: 'RES-203' }, { proto: 'CallResourceResponse.body' }],
  },
  'pieces-sent-when-ready': {
    statement: 'A resource that produces its body piece by piece sends each piece when it is ready.',
    level: 'should',
    consequence: 'progress output and event streams arrive in one lump at the end.',
    sources: [{ spec: 'RES-204' }],
  },
  'content-type-explicit': {
    statement: 'A successful or redirecting answer with a body names its Content-Type.',
    level: 'should',
    consequence: 'Grafana labels the body application/json, whatever it is, and browsers fail to show it.',
    sources: [{ spec: 'RES-205' }, { upstream: 'grafana:pkg/plugins/manager/client/client.go' }],
  },
  'no-header-that-grafana-removes': {
    statement:
      'Resource answers set no Set-Cookie, Connection, Transfer-Encoding, Upgrade or Content-Security-Policy.',
    level: 'should',
    consequence: 'the header silently disappears on the way, and what was built on it does not work.',
    sources: [{ spec: 'RES-207' }, { spec: 'RES-206' }],
  },
  'no-body-with-204-or-304': {
    statement: 'An answer with status 204 or 304 has no body.',
    level: 'must',
    consequence: 'Grafana refuses the body, cancels the call and logs a failed request.',
    sources: [{ spec: 'RES-208' }],
  },
  'content-length-exact': {
    statement: 'A Content-Length, where one is set, is the number of bytes of the whole body.',
    level: 'must',
    consequence: 'the browser reports an incomplete response.',
    sources: [{ spec: 'RES-210' }],
  },
  'headers-are-text': {
    statement: 'Header names are HTTP tokens, and header values are UTF-8 text without CR, LF and NUL.',
    level: 'must',
    consequence:
      'the header vanishes or changes; bytes that are not UTF-8 turn the whole answer into HTTP 500.',
    sources: [{ spec: 'RES-211' }, { proto: 'CallResourceResponse.headers' }],
  },
  'http-errors-are-answers': {
    statement: 'A path that the plugin does not know gets an HTTP answer such as 404, not a gRPC error.',
    level: 'must',
    consequence:
      'the browser gets HTTP 500 and "An error occurred within the plugin" instead of the real cause.',
    sources: [{ spec: 'RES-212' }, { upstream: 'grafana:pkg/plugins/manager/client/client.go' }],
  },
  'paths-are-untrusted': {
    statement: 'No path, however it is spelled, reads a file of the server or ends the plugin.',
    level: 'must',
    consequence: 'every user of Grafana can read files of its server, or end the plugin for all others.',
    sources: [{ spec: 'RES-103' }],
  },
  'relative-url-understood': {
    statement:
      'The plugin routes by a path without leading slash and takes the query string from a relative url.',
    level: 'must',
    consequence: 'calls end with 404 or an error, or lose their parameters.',
    sources: [{ spec: 'RES-104' }, { proto: 'CallResourceRequest.url' }],
  },
  'request-headers-complete': {
    statement: 'The plugin sees every value of every request header.',
    level: 'must',
    consequence: 'headers that the browser sent are lost on their way to the upstream.',
    sources: [{ spec: 'RES-107' }, { proto: 'StringList.values' }],
  },
  'request-body-complete': {
    statement: 'The plugin sees the body of a request byte for byte.',
    level: 'must',
    consequence: 'uploads are corrupted.',
    sources: [{ spec: 'RES-108' }, { proto: 'CallResourceRequest.body' }],
  },
  'stops-when-cancelled': {
    statement: 'A resource call ends when the host cancels it, and others are served as before.',
    level: 'should',
    consequence: 'abandoned downloads go on and use up what other users need.',
    sources: [{ spec: 'RES-215' }],
  },
})
