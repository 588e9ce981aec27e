import { defineRules } from '../kernel/rule.ts'

/** The files of a plugin before anything runs (lifecycle.md section 1). */
export const rules = defineRules('manifest', {
  'executable-is-there': {
    statement:
      'plugin.json declares a backend, and its executable exists under the name that Grafana starts on this platform.',
    level: 'must',
    consequence:
      'the plugin does not start: "fork/exec …: no such file or directory", and its pages answer "Plugin not found".',
    sources: [
      { spec: 'LIFE-001' },
      { spec: 'LIFE-002' },
      { upstream: 'grafana:pkg/plugins/plugins.go' },
      { upstream: 'grafana/plugin-validator:pkg/analysis/passes/backendbinary/backendbinary.go' },
    ],
  },
  'executable-may-be-executed': {
    statement: 'The executable is a file that its user may execute.',
    level: 'must',
    consequence: 'the plugin does not start: "fork/exec …: permission denied".',
    sources: [{ spec: 'LIFE-003' }],
  },
  'executable-loads-here': {
    statement:
      'The operating system can load the executable: its format, its architecture and its interpreter fit.',
    level: 'must',
    consequence:
      'the plugin does not start: "exec format error", or "no such file or directory" for a file that visibly exists.',
    sources: [{ spec: 'LIFE-003' }],
  },
  'executables-fit-their-names': {
    statement: 'Every executable that is shipped is a program for the platform that its name promises.',
    level: 'must',
    consequence: 'on that platform the plugin does not start: "exec format error".',
    sources: [{ spec: 'LIFE-001' }, { spec: 'LIFE-003' }],
  },
  'executable-needs-no-glibc': {
    statement: 'The executable needs no C library that the default Grafana image lacks.',
    level: 'should',
    consequence:
      'in the official container, which has musl, the plugin does not start: "no such file or directory" for a file that visibly exists.',
    sources: [{ spec: 'LIFE-003' }],
  },
  'interpreter-is-found-without-path': {
    statement: 'A script names its interpreter by an absolute path, so that no PATH is needed to find it.',
    level: 'should',
    consequence: 'since Grafana 12.4 plugins get no PATH; whether the interpreter is found is left to luck.',
    sources: [{ spec: 'LIFE-003' }, { spec: 'LIFE-023' }],
    since: '12.4.0',
  },
  'executables-have-mode-0755': {
    statement: 'Every executable that is shipped has mode 0755.',
    level: 'should',
    consequence:
      'after a manual installation the plugin may not be executable ("permission denied"); the plugin catalog rejects it.',
    sources: [
      { spec: 'LIFE-004' },
      { upstream: 'grafana:pkg/plugins/storage/fs.go' },
      { upstream: 'grafana/plugin-validator:pkg/analysis/passes/binarypermissions/binarypermissions.go' },
    ],
  },
  'metadata-is-complete': {
    statement:
      'plugin.json states the name and the version of the plugin, and the Grafanas that it works with.',
    level: 'should',
    consequence:
      'lists show the bare id and no version, and nothing keeps the plugin from being installed where it does not work; the plugin catalog rejects it.',
    sources: [
      { upstream: 'grafana:docs/sources/developer-resources/plugins/plugin.schema.json' },
      { upstream: 'grafana:pkg/plugins/plugins.go' },
    ],
  },
  'metadata-keys-are-spelled-right': {
    statement: 'No key of plugin.json is a misspelling of one that Grafana knows.',
    level: 'should',
    consequence: 'Grafana ignores the key in silence, as if it were not there.',
    sources: [
      { upstream: 'grafana:docs/sources/developer-resources/plugins/plugin.schema.json' },
      { upstream: 'grafana:pkg/plugins/plugins.go' },
    ],
  },
  'metadata-values-are-known': {
    statement:
      'Id, version, category, includes, routes and version range in plugin.json have the forms that its schema gives.',
    level: 'should',
    consequence:
      'the plugin is sorted among "other", its pages are hidden or open to the wrong roles, or the plugin catalog rejects it.',
    sources: [{ upstream: 'grafana:docs/sources/developer-resources/plugins/plugin.schema.json' }],
  },
  'no-debugging-files': {
    statement: 'No standalone.txt and no pid.txt of a debugging session lies in the plugin.',
    level: 'should',
    consequence:
      'a plugin on the Go SDK sends Grafana to the address in the file, where nobody listens any more; the plugin catalog rejects it.',
    sources: [
      { spec: 'LIFE-182' },
      { upstream: 'grafana/plugin-validator:pkg/analysis/passes/backenddebug/backenddebug.go' },
    ],
  },
})
