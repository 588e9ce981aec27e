import type { BadStart } from './bad-start.ts'
import { node, shell } from './bad-start.ts'

/** Plugins that need more of an environment than Grafana hands down (failure story 11). */
export const environments: readonly BadStart[] = [
  {
    id: 'needs-a-variable-that-nobody-has',
    story: 11,
    files: shell(': "${GPC_NO_SUCH_VARIABLE:?parameter not set}"'),
    diagnosed: 'variable-missing',
    says: ['GPC_NO_SUCH_VARIABLE', 'forward_host_env_vars'],
  },
  {
    id: 'needs-a-variable-of-the-server',
    story: 11,
    files: node(
      "if (!process.env.GPC_TOKEN_FILE) { process.stderr.write('no credentials\\n'); process.exit(1) }",
      "require('node:http2').createServer().listen(0, '127.0.0.1', function () { console.log('1|2|tcp|127.0.0.1:' + this.address().port + '|grpc') })",
    ),
    inherited: { GPC_TOKEN_FILE: '/run/token', HOME: '/root', GPC_ONE: '1', GPC_TWO: '2' },
    budgets: { grace: 0, shutdownCall: 200 },
    diagnosed: 'environment',
    says: ['GPC_TOKEN_FILE', 'Grafana 12.3', 'no credentials'],
  },
  {
    id: 'finds-its-runtime-along-the-path',
    story: 11,
    files: {
      'bin/gpc-runtime': { content: `#!/bin/sh\nexec ${process.execPath} -e "$1"\n`, mode: 0o755 },
      ...shell(
        `exec gpc-runtime "require('node:http2').createServer().listen(0, '127.0.0.1', function () { console.log('1|2|tcp|127.0.0.1:' + this.address().port + '|grpc') })"`,
      ),
    },
    inherited: { PATH: '{folder}/bin', HOME: '/root' },
    budgets: { grace: 0, shutdownCall: 200 },
    diagnosed: 'environment',
    says: ['It needs PATH', 'gpc-runtime', 'absolute path'],
  },
]
