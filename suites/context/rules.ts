import { defineRules } from '../kernel/rule.ts'

/** How a plugin deals with the context of a request (rpc.md section 1). */
export const rules = defineRules('context', {
  'survives-without-settings': {
    statement: 'A request without instance settings gets an answer or an error, and the process lives on.',
    level: 'must',
    consequence: 'the process ends or hangs, and the calls of all users fail with it.',
    sources: [{ spec: 'CTX-104' }, { spec: 'CTX-103' }],
  },
  'any-user-is-served': {
    statement:
      'A request without a user, or with a user of an unknown, empty or no role, ends as it does for an admin.',
    level: 'must',
    consequence: 'every call of service accounts, anonymous viewers and new kinds of users fails.',
    sources: [{ spec: 'CTX-108' }, { spec: 'CTX-107' }, { proto: 'PluginContext.user' }],
  },
  'alerting-is-served': {
    statement: 'A query of an alert rule ends as the same query of a dashboard does.',
    level: 'must',
    consequence:
      'queries that work in panels and in Explore fail in alert rules, which fire DatasourceError.',
    sources: [
      { spec: 'CTX-107' },
      { spec: 'CTX-204' },
      { spec: 'CTX-108' },
      { spec: 'CTX-115' },
      { doc: 'Failure story 28: fine in Explore, crashes in alerting' },
    ],
  },
  'empty-json-data-is-accepted': {
    statement: 'A health check is answered when jsonData has no bytes, is `null` or is `{}`.',
    level: 'must',
    consequence: '"Save & test" shows a generic failure instead of what is missing.',
    sources: [{ spec: 'CTX-109' }, { proto: 'DataSourceInstanceSettings.jsonData' }],
  },
  'any-update-time-is-accepted': {
    statement: 'A lastUpdatedMS that is no representable date is handled like any other.',
    level: 'must',
    consequence: 'the first use of an app that was never configured fails.',
    sources: [{ spec: 'CTX-110' }, { proto: 'AppInstanceSettings.lastUpdatedMS' }],
  },
  'missing-and-unknown-parts-are-accepted': {
    statement: 'Empty optional fields, unknown keys and unknown protobuf fields change no outcome.',
    level: 'must',
    consequence: 'the plugin breaks with the next upgrade of Grafana, or with an older Grafana.',
    sources: [{ spec: 'CTX-115' }, { spec: 'CTX-113' }, { spec: 'CTX-114' }],
  },
  'no-secret-leaves': {
    statement:
      'No secret stands in what a plugin answers, logs or counts: not as it is, nor in base64, hexadecimal or URL encoding.',
    level: 'must',
    consequence: 'Grafana shows the password to users and writes it to logs and metrics, unchanged.',
    sources: [{ spec: 'CTX-112' }, { spec: 'LIFE-132' }, { doc: 'Failure story 41: secrets in the log' }],
  },
  'changed-settings-take-effect': {
    statement: 'A call whose settings have another lastUpdatedMS uses the settings that it carries.',
    level: 'must',
    consequence: 'an edited data source keeps its old URL and password until the plugin is restarted.',
    sources: [{ spec: 'CTX-401' }],
  },
  'instances-are-reused': {
    statement:
      'Calls with the same settings share an instance, whatever the order of the keys in grafanaConfig.',
    level: 'should',
    consequence: 'every panel logs in and connects anew, which is slow and loads the database.',
    sources: [{ spec: 'CTX-403' }, { spec: 'CTX-402' }],
  },
  'instances-do-not-mix': {
    statement: 'Calls for different data sources use their own settings, also when they overlap.',
    level: 'must',
    consequence: 'one data source answers with the data and the credentials of another.',
    sources: [{ spec: 'CTX-405' }, { spec: 'CTX-404' }],
  },
  'tenants-do-not-mix': {
    statement: 'Calls with different values of the metadata `tenantid` share no instance.',
    level: 'should',
    consequence: 'in hosted Grafana one customer sees the data of another.',
    sources: [{ spec: 'CTX-303' }, { spec: 'CTX-301' }],
  },
  'running-calls-outlive-a-change': {
    statement: 'A call that runs while the settings change ends as if they had not changed.',
    level: 'must',
    consequence: 'panels fail at random whenever somebody saves the data source.',
    sources: [
      { spec: 'CTX-406' },
      { doc: 'Failure story 32: Save & test works, five seconds later nothing does' },
    ],
  },
  'bad-settings-are-a-health-error': {
    statement:
      'A health check with settings that can not be used answers OK in gRPC and ERROR with a reason inside.',
    level: 'should',
    consequence: '"Save & test" shows "Plugin health check failed" and not why.',
    sources: [{ spec: 'CTX-407' }, { spec: 'HEALTH-007' }],
  },
  'any-call-may-be-first': {
    statement: 'The first call that a process gets ends as it does after a health check.',
    level: 'must',
    consequence: 'the first panel after a start of Grafana or of the plugin fails.',
    sources: [{ spec: 'CTX-408' }],
  },
})
