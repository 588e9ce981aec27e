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
}
