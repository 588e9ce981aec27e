import { chmod, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { currentPlatform, executableName } from '../../host/launch/platform.ts'
import { rules as handshakeRules } from '../handshake/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** Misdeeds in the files of a plugin. */
export const mutants = [
  defineMutant({
    id: 'ships-the-bare-name-alone',
    breaks: [rules['executable-is-there']],
    process: 'folder',
    async alter(folder) {
      const file = await executableIn(folder)
      await rename(file, join(folder, await declaredName(folder)))
    },
  }),
  defineMutant({
    id: 'loses-the-execute-bit',
    breaks: [rules['executable-may-be-executed'], rules['executables-have-mode-0755']],
    process: 'folder',
    alter: async (folder) => chmod(await executableIn(folder), 0o644),
  }),
  defineMutant({
    id: 'ships-a-script-without-first-line',
    breaks: [rules['executable-loads-here']],
    process: 'folder',
    alter: async (folder) => writeFile(await executableIn(folder), 'exec node main.js\n'),
  }),
  defineMutant({
    id: 'names-an-interpreter-that-is-missing',
    breaks: [rules['executable-loads-here']],
    process: 'folder',
    alter: (folder) => editScript(folder, (script) => script.replace('#!/bin/sh', '#!/no/such/interpreter')),
  }),
  defineMutant({
    id: 'saves-its-script-with-carriage-returns',
    breaks: [rules['executable-loads-here']],
    process: 'folder',
    alter: (folder) => editScript(folder, (script) => script.replaceAll('\n', '\r\n')),
  }),
  defineMutant({
    id: 'looks-for-its-interpreter-on-the-path',
    breaks: [rules['interpreter-is-found-without-path']],
    process: 'folder',
    alter: (folder) => editScript(folder, (script) => script.replace('#!/bin/sh', '#!/usr/bin/env sh')),
  }),
  defineMutant({
    id: 'ships-this-platform-under-the-name-of-another',
    breaks: [rules['executables-fit-their-names']],
    process: 'folder',
    async alter(folder) {
      // The head of a native program of this machine: Node's own.
      const head = Buffer.alloc(HEAD_BYTES)
      await using node = await open(process.execPath)
      await node.read(head)
      const other = executableName(await declaredName(folder), { os: 'linux', arch: 's390x' })
      await writeFile(join(folder, other), head, { mode: 0o755 })
    },
  }),
  defineMutant({
    // A program that is linked to glibc, which Node is on Linux; started alone it reads an empty script and ends.
    id: 'links-to-glibc',
    breaks: [
      rules['executable-needs-no-glibc'],
      handshakeRules['serves-when-started'],
      handshakeRules['failure-is-explained'],
    ],
    process: 'folder',
    async alter(folder) {
      const file = await executableIn(folder)
      await rm(file)
      await symlink(process.execPath, file)
    },
  }),
  defineMutant({
    id: 'ships-mode-0775',
    breaks: [rules['executables-have-mode-0755']],
    process: 'folder',
    alter: async (folder) => chmod(await executableIn(folder), 0o775),
  }),
  defineMutant({
    id: 'forgets-which-grafana-it-needs',
    breaks: [rules['metadata-is-complete']],
    process: 'folder',
    alter: (folder) => editPluginJson(folder, (manifest) => ({ ...manifest, dependencies: {} })),
  }),
  defineMutant({
    id: 'misspells-a-key-of-plugin-json',
    breaks: [rules['metadata-keys-are-spelled-right']],
    process: 'folder',
    alter: (folder) => editPluginJson(folder, (manifest) => ({ ...manifest, catgory: 'other' })),
  }),
  defineMutant({
    id: 'invents-a-category',
    breaks: [rules['metadata-values-are-known']],
    process: 'folder',
    alter: (folder) => editPluginJson(folder, (manifest) => ({ ...manifest, category: 'time-series' })),
  }),
  defineMutant({
    id: 'ships-a-standalone-txt',
    breaks: [rules['no-debugging-files']],
    process: 'folder',
    alter: (folder) => writeFile(join(folder, 'standalone.txt'), ':42283'),
  }),
]

/** Enough for the headers that tell format and architecture. */
const HEAD_BYTES = 4_096

async function declaredName(folder: string): Promise<string> {
  const { executable } = JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8')) as {
    readonly executable: string
  }
  return executable
}

async function editPluginJson(
  folder: string,
  edit: (manifest: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = join(folder, 'plugin.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>>
  await writeFile(file, JSON.stringify(edit(manifest)))
}

async function executableIn(folder: string): Promise<string> {
  return join(folder, executableName(await declaredName(folder), currentPlatform()))
}

async function editScript(folder: string, edit: (script: string) => string): Promise<void> {
  const file = await executableIn(folder)
  await writeFile(file, edit(await readFile(file, 'utf8')))
}
