import { readFileSync } from 'node:fs'

/** The numeric id of a group given by number or name (LIFE-084). Throws for an unknown name. */
export function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group)
  for (const line of readFileSync('/etc/group', 'utf8').split('\n')) {
    const [name, , id] = line.split(':')
    if (name === group && id !== undefined) return Number(id)
  }
  throw new Error(`There is no group ${group}, which PLUGIN_UNIX_SOCKET_GROUP names.`)
}
