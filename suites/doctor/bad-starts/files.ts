import { elfFile, machOFile, peFile } from '../../../host/launch/program-headers.ts'
import type { BadStart } from './bad-start.ts'
import { program, shell } from './bad-start.ts'

const good = '#!/bin/sh\nexit 0\n'

/** Folders in which nothing can be started (failure stories 8 and 9). */
export const fileFaults: readonly BadStart[] = [
  {
    id: 'lacks-its-executable',
    story: 8,
    files: {},
    diagnosed: 'executable-missing',
    says: ['Grafana appends _<os>_<arch>', 'no such file or directory'],
  },
  {
    id: 'ships-the-bare-name',
    story: 8,
    files: { gpx_test: { content: good, mode: 0o755 } },
    diagnosed: 'executable-missing',
    says: ['Rename gpx_test to', 'script for /bin/sh, 0755'],
  },
  {
    id: 'ships-another-platform-alone',
    story: 8,
    files: { gpx_test_linux_s390x: { content: elfFile({ machine: 22, bigEndian: true }), mode: 0o755 } },
    diagnosed: 'executable-missing',
    says: ['gpx_test_linux_s390x (ELF s390x, 0755)', 'Build the plugin for'],
  },
  {
    id: 'misspells-its-executable',
    story: 8,
    files: { gpx_tset_linux_amd64: { content: good, mode: 0o755 } },
    diagnosed: 'executable-missing',
    says: ['Is it gpx_tset_linux_amd64?'],
    linux: true,
  },
  {
    id: 'puts-platforms-into-folders',
    story: 8,
    files: { 'linux_amd64/gpx_test': { content: good, mode: 0o755 } },
    diagnosed: 'executable-missing',
    says: ['subfolders by platform are not looked into'],
    linux: true,
  },
  {
    id: 'loses-the-mode-bits',
    story: 8,
    files: { [program]: { content: good, mode: 0o644 } },
    diagnosed: 'not-executable',
    says: ['mode 0644', 'chmod 755', 'permission denied'],
  },
  {
    id: 'is-a-folder',
    story: 8,
    files: { [program]: null },
    diagnosed: 'not-executable',
    says: ['a folder', 'permission denied'],
  },
  {
    id: 'is-built-for-another-processor',
    story: 8,
    files: { [program]: { content: elfFile({ machine: 22, bigEndian: true }), mode: 0o755 } },
    diagnosed: 'wrong-architecture',
    says: ['ELF s390x', 'exec format error'],
    linux: true,
  },
  {
    id: 'is-built-for-macos',
    story: 8,
    files: { [program]: { content: machOFile(0x0100000c), mode: 0o755 } },
    diagnosed: 'wrong-architecture',
    says: ['Mach-O arm64', 'GOOS=linux'],
    linux: true,
  },
  {
    id: 'is-built-for-windows',
    story: 8,
    files: { [program]: { content: peFile(0x8664), mode: 0o755 } },
    diagnosed: 'wrong-architecture',
    says: ['Windows program amd64', 'exec format error'],
    linux: true,
  },
  {
    id: 'has-no-first-line',
    story: 8,
    files: { [program]: { content: 'exec node server.js\n', mode: 0o755 } },
    diagnosed: 'not-a-program',
    says: ['begin it with a line such as #!/bin/sh', 'exec format error'],
  },
  {
    id: 'is-empty',
    story: 8,
    files: { [program]: { content: '', mode: 0o755 } },
    diagnosed: 'not-a-program',
    says: ['empty file'],
  },
  {
    id: 'is-a-git-lfs-pointer',
    story: 8,
    files: {
      [program]: { content: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', mode: 0o755 },
    },
    diagnosed: 'not-a-program',
    says: ['git lfs pull'],
  },
  {
    id: 'is-truncated',
    story: 8,
    files: { [program]: { content: Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1'), mode: 0o755 } },
    diagnosed: 'not-a-program',
    says: ['damaged, truncated or a library'],
  },
  {
    id: 'begins-with-a-byte-order-mark',
    story: 8,
    files: { [program]: { content: `\u{feff}${good}`, mode: 0o755 } },
    diagnosed: 'not-a-program',
    says: ['without a byte-order mark'],
  },
  {
    id: 'needs-another-c-library',
    story: 9,
    files: {
      [program]: {
        content: elfFile({
          machine: process.arch === 'arm64' ? 183 : 62,
          interpreter: '/lib/ld-musl-none.so.1',
        }),
        mode: 0o755,
      },
    },
    diagnosed: 'loader-missing',
    says: ['/lib/ld-musl-none.so.1', 'no such file or directory'],
    linux: true,
  },
  {
    id: 'needs-a-glibc-that-is-not-here',
    story: 9,
    files: {
      [program]: {
        content: elfFile({
          machine: process.arch === 'arm64' ? 183 : 62,
          interpreter: '/lib64/none/ld-linux-x86-64.so.2',
        }),
        mode: 0o755,
      },
    },
    diagnosed: 'loader-missing',
    says: ['(glibc)', 'CGO_ENABLED=0', 'musl'],
    linux: true,
  },
  {
    id: 'names-a-missing-interpreter',
    story: 9,
    files: { [program]: { content: '#!/opt/none/bin/python3\n', mode: 0o755 } },
    diagnosed: 'interpreter-missing',
    says: ['/opt/none/bin/python3', 'no such file or directory'],
  },
  {
    id: 'names-an-interpreter-by-a-relative-path',
    story: 9,
    files: { [program]: { content: '#!node\n', mode: 0o755 } },
    diagnosed: 'interpreter-missing',
    says: ['Write its absolute path'],
  },
  {
    id: 'has-windows-line-ends',
    story: 9,
    files: { [program]: { content: '#!/bin/sh\r\nexit 0\r\n', mode: 0o755 } },
    diagnosed: 'carriage-returns',
    says: ['carriage return', 'Unix line ends'],
  },
  {
    id: 'gives-env-two-words',
    story: 9,
    files: { [program]: { content: '#!/usr/bin/env node --inspect\n', mode: 0o755 } },
    diagnosed: 'interpreter-missing',
    says: ['one argument for env', '-S node --inspect'],
    linux: true,
  },
  {
    id: 'has-no-plugin-json',
    files: { 'plugin.json': '', 'plugin.jsn': '{}' },
    diagnosed: 'plugin-json-invalid',
    says: ['the end of the file'],
  },
  {
    id: 'has-a-comma-too-many',
    files: { ...shell('exit 0'), 'plugin.json': '{\n  "id": "x",\n}\n' },
    diagnosed: 'plugin-json-invalid',
    says: ['plugin.json:3:1', 'Remove the comma'],
  },
  {
    id: 'lacks-an-id',
    files: { ...shell('exit 0'), 'plugin.json': '{ "type": "datasource", "idd": "x" }' },
    diagnosed: 'plugin-json-invalid',
    says: ['`id`', 'Rename "idd" to "id"'],
  },
  {
    id: 'has-an-unknown-type',
    files: { ...shell('exit 0'), 'plugin.json': '{ "id": "x", "type": "data-source" }' },
    diagnosed: 'plugin-json-invalid',
    says: ['Did you mean "datasource"?'],
  },
  {
    id: 'declares-no-backend',
    files: {
      ...shell('exit 0'),
      'plugin.json': '{ "id": "x", "type": "datasource", "executable": "gpx_test" }',
    },
    diagnosed: 'plugin-without-backend',
    says: ['"backend": true'],
  },
  {
    id: 'declares-no-executable',
    files: { ...shell('exit 0'), 'plugin.json': '{ "id": "x", "type": "datasource", "backend": true }' },
    diagnosed: 'plugin-without-backend',
    says: ['"executable": "gpx_…"'],
  },
  {
    id: 'quotes-its-flags',
    files: { ...shell('exit 0'), 'plugin.json': '{ "id": "x", "type": "datasource", "backend": "true" }' },
    diagnosed: 'plugin-json-invalid',
    says: ['Write true without quotes', 'plugin.json:1:47'],
  },
]
