import { defineRules } from '../kernel/rule.ts'

/** What happens on connections, and on the services that go-plugin adds (lifecycle.md sections 6 and 8). */
export const rules = defineRules('lifecycle', {
  'keeps-idle-connections': {
    statement:
      'A connection on which nothing happened for some seconds serves the next call, unless the plugin has closed it in order.',
    level: 'should',
    consequence:
      'queries fail now and then with "connection unavailable", above all the first after a pause.',
    sources: [{ spec: 'LIFE-080' }],
  },
  'odd-connections-disturb-nobody': {
    statement:
      'Connections that say nothing, speak something else than HTTP/2 or break off leave all others as they are.',
    level: 'must',
    consequence:
      "a port scanner, a probe or the remains of Grafana's own last connection make the plugin deaf or end it.",
    sources: [{ spec: 'LIFE-089' }, { spec: 'LIFE-074' }],
  },
  'lost-connections-end-their-calls-only': {
    statement:
      'When a connection breaks in the middle of calls, these calls end, and others are served as before.',
    level: 'must',
    consequence: 'after a broken connection the plugin runs, but answers nobody until it is restarted.',
    sources: [{ spec: 'LIFE-074' }, { spec: 'DATA-402' }],
  },
  'too-large-requests-fail-alone': {
    statement: 'A request that is larger than the plugin accepts is refused, and the connection stays.',
    level: 'should',
    consequence: 'one upload that is too large breaks every query that is under way, of all users.',
    sources: [{ spec: 'LIFE-077' }, { spec: 'DATA-405' }],
  },
  'answers-many-first-calls': {
    statement: 'Sixty-four calls at once right after the handshake are all answered.',
    level: 'must',
    consequence: 'after every restart the first dashboard, whose panels ask all at once, shows errors.',
    sources: [{ spec: 'LIFE-141' }, { spec: 'LIFE-087' }],
  },
  'stdio-carries-output-only': {
    statement: 'What StreamStdio sends, if anything, is output of STDOUT or STDERR.',
    level: 'should',
    consequence:
      'nothing in Grafana itself, which drops all of it; other hosts log a warning for every piece.',
    sources: [{ spec: 'LIFE-102' }, { upstream: 'hashicorp/go-plugin:grpc_stdio.go' }],
  },
  'opens-no-brokered-connections': {
    statement: 'The plugin announces no connections of its own through the broker.',
    level: 'should',
    consequence: 'nobody in Grafana ever connects there, so that whatever waits for it waits for ever.',
    sources: [{ spec: 'LIFE-104' }, { upstream: 'hashicorp/go-plugin:grpc_broker.go' }],
  },
})
