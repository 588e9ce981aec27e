import { grafanaOffer, parseHandshake } from '../../host/handshake/parse-handshake.ts'
import type { HandshakeOffer } from '../../host/handshake/parse-handshake.ts'
import { defineCase } from '../kernel/case.ts'
import { describeStart } from './describe-start.ts'
import { rules } from './rules.ts'

/** Lists that hosts of other times would offer, and the versions that the host then accepts so that it can look (LIFE-028, LIFE-044). */
const offers: Readonly<Record<string, HandshakeOffer['versions']>> = {
  '': [2],
  '1,2,3': [1, 2, 3],
  '2,9': [2, 9],
  '9': [2, 9],
  '2,x': [2],
}

const offered = defineCase({
  id: 'handshake/offered-versions',
  title: 'starts the plugin with other lists in PLUGIN_PROTOCOL_VERSIONS',
  judges: [rules['offered-versions-change-nothing']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['offered-versions-change-nothing'])
    for (const [list, versions] of Object.entries(offers)) {
      const outcome = await t.start({
        env: { PLUGIN_PROTOCOL_VERSIONS: list },
        offer: { versions, tls: false },
        oddOnPurpose: true,
      })
      const shown = `with PLUGIN_PROTOCOL_VERSIONS=${list}`
      if (outcome.kind === 'refused') {
        // Only a plugin that starts otherwise has a quarrel with the list.
        await t.up()
        return rule.broken('a handshake with version 2', `${describeStart(outcome)} ${shown}`)
      }
      const announced = outcome.plugin.handshake?.appVersion
      await outcome.plugin.stop()
      if (announced !== 2) return rule.broken('version 2', `version ${announced} ${shown}`)
    }
    return rule.upheld()
  },
})

/** What Go's `strconv.ParseBool` takes, as go-plugin does for field 7 (LIFE-049). */
const booleans = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']

const multiplexing = defineCase({
  id: 'handshake/multiplexing-asked',
  title: 'starts the plugin with PLUGIN_MULTIPLEX_GRPC=true',
  judges: [rules['multiplexing-is-announced-when-asked']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['multiplexing-is-announced-when-asked'])
    // Only the line is looked at: behind it a Go plugin now waits for a host that multiplexes (LIFE-049).
    const outcome = await t.start({
      env: { PLUGIN_MULTIPLEX_GRPC: 'true' },
      budgets: { connect: t.budgets.watch },
    })
    const line = outcome.kind === 'up' ? outcome.plugin.handshake?.line : outcome.fault.firstLine
    const read = parseHandshake(line ?? '', { ...grafanaOffer, tls: t.autoMtls })
    if (read.kind === 'refused') {
      await t.up()
      return rule.broken('a handshake', `${describeStart(outcome)} with PLUGIN_MULTIPLEX_GRPC=true`)
    }
    const seventh = read.handshake.fields[6]
    if (seventh === undefined || booleans.includes(seventh)) return rule.upheld()
    return rule.broken('true, false or no seventh field', `"${seventh}" in field 7`)
  },
})

/** What the plugin makes of the host's variables about the handshake. */
export const versions = [offered, multiplexing]
