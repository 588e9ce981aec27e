import { defineRules } from '../kernel/rule.ts'

/** The start: environment, files around it, address (lifecycle.md sections 1, 2, 6 and 12). */
export const rules = defineRules('lifecycle', {
  'starts-with-minimal-environment': {
    statement:
      "The plugin serves with nothing in its environment but go-plugin's four variables and GF_VERSION.",
    level: 'must',
    consequence:
      'since Grafana 12.4 the plugin does not start, unless an operator lists it in forward_host_env_vars. Settings belong into [plugin.<id>] or the JSON of the data source.',
    sources: [{ spec: 'LIFE-022' }, { spec: 'LIFE-023' }],
  },
  'empty-variables-count-as-unset': {
    statement: 'The plugin serves when every variable that Grafana may set is set to an empty text.',
    level: 'must',
    consequence: 'the plugin does not start on installations that leave a setting empty.',
    sources: [
      { spec: 'LIFE-024' },
      { upstream: 'grafana:pkg/services/pluginsintegration/pluginconfig/envvars.go' },
    ],
  },
  'unknown-variables-are-ignored': {
    statement:
      'The plugin serves beside GF_ and PLUGIN_ variables that it has never heard of, and beside harmless settings of language runtimes where Grafana hands those down.',
    level: 'must',
    consequence: 'the plugin stops starting after an upgrade of Grafana.',
    sources: [{ spec: 'LIFE-022' }, { spec: 'LIFE-025' }, { spec: 'LIFE-027' }],
  },
  'working-directory-does-not-matter': {
    statement:
      'The plugin serves from any working directory, an empty one that it can not write to included.',
    level: 'must',
    consequence: 'the plugin starts in some installations and not in others.',
    sources: [{ spec: 'LIFE-008' }],
  },
  'stdin-does-not-matter': {
    statement: 'The plugin serves without a stdin, and goes on serving when its stdin ends.',
    level: 'must',
    consequence: 'under systemd or in a container the plugin ends at once, and Grafana restarts it for ever.',
    sources: [{ spec: 'LIFE-009' }],
  },
  'socket-lies-in-the-named-folder': {
    statement: 'A unix socket is created in PLUGIN_UNIX_SOCKET_DIR when that is set.',
    level: 'should',
    consequence: 'the plugin does not start where the folder for temporary files can not be written.',
    sources: [{ spec: 'LIFE-083' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'socket-belongs-to-the-named-group': {
    statement:
      'With PLUGIN_UNIX_SOCKET_GROUP set, a unix socket belongs to that group and only its owner and the group may use it (mode 0660).',
    level: 'should',
    consequence:
      'nothing in Grafana itself, which never sets the variable; a host under another user than the plugin can not connect, or everybody can.',
    sources: [{ spec: 'LIFE-084' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'needs-no-temporary-folder': {
    statement:
      'The plugin serves where the folder for temporary files can not be written, when PLUGIN_UNIX_SOCKET_DIR names one that can.',
    level: 'should',
    consequence:
      'the plugin does not start in containers with a read-only root file system ("open /tmp/plugin123: read-only file system").',
    sources: [
      { spec: 'LIFE-083' },
      { doc: 'Failure story 12: the socket cannot be created' },
      { doc: 'grafana/grafana#119955' },
    ],
  },
  'listens-on-loopback-only': {
    statement: 'The plugin listens on a unix socket or on an address of loopback, on nothing else.',
    level: 'should',
    consequence:
      'everybody on the network can call the plugin, and requests with decrypted secrets cross that port in clear text.',
    sources: [{ spec: 'LIFE-082' }],
  },
  'copies-run-side-by-side': {
    statement: 'Several copies of the plugin run at the same time, each at its own address.',
    level: 'must',
    consequence: 'a second Grafana on the machine, or the new process of an upgrade, gets no plugin.',
    sources: [{ spec: 'LIFE-081' }, { spec: 'LIFE-155' }, { spec: 'LIFE-169' }],
  },
  'starts-again-after-a-kill': {
    statement: 'After SIGKILL the plugin starts again at once, whatever the killed process has left behind.',
    level: 'must',
    consequence: 'after a crash Grafana restarts the plugin once a second and never succeeds.',
    sources: [{ spec: 'LIFE-081' }, { spec: 'LIFE-152' }, { spec: 'LIFE-156' }, { spec: 'LIFE-164' }],
  },
})
