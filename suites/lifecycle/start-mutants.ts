import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { Behaviour, Env } from '../../reference-plugin/behaviour.ts'
import { unixSocketIn } from '../../reference-plugin/process/listen-place.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules as runningRules } from './running-rules.ts'
import { rules } from './start-rules.ts'

/** The start: environment, files around it, address: misdeeds. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'needs-a-variable-of-its-host',
    breaks: [rules['starts-with-minimal-environment']],
    mutate: (base) => choosy(base, (env) => env['GF_EDITION'] !== undefined),
  }),
  defineMutant({
    id: 'chokes-on-an-empty-variable',
    breaks: [rules['empty-variables-count-as-unset']],
    mutate: (base) => choosy(base, (env) => env['GF_EDITION'] !== ''),
  }),
  defineMutant({
    id: 'refuses-unknown-variables',
    breaks: [rules['unknown-variables-are-ignored']],
    mutate: (base) =>
      choosy(base, (env) =>
        Object.keys(env).every((name) => !name.startsWith('PLUGIN_') || goPluginVariables.includes(name)),
      ),
  }),
  defineMutant({
    id: 'looks-for-its-files-in-the-working-directory',
    breaks: [rules['working-directory-does-not-matter']],
    process: 'child',
    mutate: (base) => choosy(base, () => readdirSync('.').length > 0),
  }),
  defineMutant({
    id: 'ends-with-its-stdin',
    breaks: [rules['stdin-does-not-matter'], runningRules['survives']],
    mutate: (base) => changed(base, { onStdinEnd: (running) => running.stop(0) }),
  }),
  defineMutant({
    id: 'puts-its-socket-where-it-always-does',
    breaks: [rules['socket-lies-in-the-named-folder']],
    mutate: (base) => changed(base, { listen: (env) => unixSocketIn(tmpdir(), env) }),
  }),
  defineMutant({
    id: 'ignores-the-group-of-its-socket',
    breaks: [rules['socket-belongs-to-the-named-group']],
    mutate: (base) =>
      changed(base, {
        listen(env) {
          const place = base.process.listen(env)
          return place.kind === 'unix' ? { ...place, group: null } : place
        },
      }),
  }),
  defineMutant({
    id: 'unpacks-itself-into-the-temporary-folder',
    breaks: [rules['needs-no-temporary-folder']],
    mutate: (base) =>
      choosy(base, (env) => {
        rmdirSync(mkdtempSync(join(env['TMPDIR'] ?? tmpdir(), 'unpacked-')))
        return true
      }),
  }),
  defineMutant({
    id: 'listens-on-every-interface',
    breaks: [rules['listens-on-loopback-only']],
    mutate: (base) =>
      changed(base, {
        listen: () => ({ kind: 'tcp', host: '0.0.0.0', port: 0 }),
        address: (bound) => (bound.kind === 'unix' ? bound.path : `127.0.0.1:${bound.port}`),
      }),
  }),
  defineMutant({
    id: 'listens-on-every-interface-of-ipv6',
    breaks: [rules['listens-on-loopback-only']],
    mutate: (base) =>
      changed(base, {
        listen: () => ({ kind: 'tcp', host: '::', port: 0 }),
        address: (bound) => (bound.kind === 'unix' ? bound.path : `localhost:${bound.port}`),
      }),
  }),
  defineMutant({
    // The port is free when it is taken for the first time; that it is the same ever after is the misdeed.
    id: 'insists-on-one-port',
    breaks: [rules['copies-run-side-by-side']],
    mutate(base) {
      let port = 0
      return changed(base, {
        async start(steps) {
          const bound = await steps.listen({ kind: 'tcp', host: '127.0.0.1', port })
          if (bound.kind === 'tcp') port = bound.port
          await steps.announce(bound)
        },
      })
    },
  }),
  defineMutant({
    id: 'clears-the-folder-of-its-socket-when-it-ends',
    breaks: [rules['copies-run-side-by-side']],
    mutate: (base) =>
      changed(base, {
        async start(steps, running) {
          const bound = await steps.listen()
          running.ended.addEventListener('abort', () => {
            if (bound.kind === 'tcp') return
            const folder = dirname(bound.path)
            for (const file of readdirSync(folder)) rmSync(join(folder, file), { force: true })
          })
          await steps.announce(bound)
        },
      }),
  }),
  defineMutant({
    // Only a real SIGKILL leaves the lock behind.
    id: 'finds-itself-locked-out-after-a-killed-query',
    breaks: [rules['starts-again-after-a-kill']],
    process: 'child',
    mutate(base) {
      const lockOf = (env: Env): string => join(env['PLUGIN_UNIX_SOCKET_DIR'] ?? tmpdir(), 'query.lock')
      const named = (env: Env): boolean => env['PLUGIN_UNIX_SOCKET_DIR'] !== undefined
      return {
        ...changed(base, {
          listen(env) {
            if (named(env) && existsSync(lockOf(env))) throw new Error('Another copy is at work.')
            return base.process.listen(env)
          },
        }),
        data: {
          ...base.data,
          async queryData(request, call) {
            const { env } = call.running.world
            if (!named(env)) return base.data.queryData(request, call)
            writeFileSync(lockOf(env), '')
            try {
              return await base.data.queryData(request, call)
            } finally {
              rmSync(lockOf(env), { force: true })
            }
          },
        },
      }
    },
  }),
  defineMutant({
    // Only a real SIGKILL leaves the socket behind over which the next start stumbles.
    id: 'gives-its-socket-a-fixed-name',
    breaks: [rules['starts-again-after-a-kill'], rules['copies-run-side-by-side']],
    process: 'child',
    mutate: (base) =>
      changed(base, {
        listen(env) {
          const place = base.process.listen(env)
          if (place.kind === 'tcp') return place
          return { ...place, path: join(env['PLUGIN_UNIX_SOCKET_DIR'] ?? '', 'plugin.sock') }
        },
      }),
  }),
]

/** What go-plugin's hosts may set (lifecycle.md 16.1). */
const goPluginVariables = [
  'PLUGIN_PROTOCOL_VERSIONS',
  'PLUGIN_MIN_PORT',
  'PLUGIN_MAX_PORT',
  'PLUGIN_CLIENT_CERT',
  'PLUGIN_MULTIPLEX_GRPC',
  'PLUGIN_UNIX_SOCKET_DIR',
  'PLUGIN_UNIX_SOCKET_GROUP',
]

/** Starts only where the environment pleases. */
function choosy(base: Behaviour, pleases: (env: Env) => boolean): Behaviour {
  return changed(base, {
    listen(env) {
      if (!pleases(env)) throw new Error('These surroundings are not what they were.')
      return base.process.listen(env)
    },
  })
}

function changed(base: Behaviour, process: Partial<Behaviour['process']>): Behaviour {
  return { ...base, process: { ...base.process, ...process } }
}
