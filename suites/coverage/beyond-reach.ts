/** Why neither a rule nor a test can stand for these rules of the protocol, by id. */
export const beyondReach: Readonly<Record<string, string>> = {
  'LIFE-131':
    'nothing on the wire tells a plugin that filters its log from one that has nothing to say at debug; `--trace` shows every line with its level',
  'ALERT-011':
    'which query is the condition is the choice of whoever writes the alert rule; once an answer converts to numbers, its form is that of Grafana itself',
  'ALERT-022':
    'what a SQL expression returns depends on its text; the plugin only decides whether the expression can read its answer (ALERT-020)',
  'PLANE-018': 'the name of a time field is shown and has no other effect, so that no name is wrong',
  'STREAM-502':
    'The browser does this; cases subscribe to the channels of frames without data, as it would (`stream/named-channel`).',
  'ADM-001': 'Grafana stores data sources, this host does not; cases send both calls in this order.',
  'ADM-007': 'Grafana stores data sources, this host does not, so that nothing is taken over from an answer.',
  'FRAME-009':
    'FRAME-008 permits any number of batches and every Grafana reads them all; the one helper that reads only the first is not on the way of an answer.',
  'FRAME-015':
    'Such metadata is read by nobody and harms nobody, so that nothing can be broken; the oddball adds-metadata-to-its-batches shows that it is permitted.',
  'JSON-023':
    'Whether a repeated schema was needed can not be seen: repeating it is one of the two ways to serve viewers who come late (STREAM-303), and what SendFrame of the Go SDK does.',
  'JSON-025':
    'The Go SDK writes nanos by itself for every instant that has some, and whether a plugin relies on them can not be seen from outside.',
}
