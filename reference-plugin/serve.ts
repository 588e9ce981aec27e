import type { Behaviour } from './behaviour.ts'
import { Plugin } from './plugin.ts'
import { shortText } from './transport/short-text.ts'
import type { World } from './world.ts'

/** A plugin that has been told to serve. */
export interface Served {
  /** Resolves when the handshake is out, or when there will be none because the plugin refused or failed. */
  readonly started: Promise<void>
  /** Takes everything away at once, without a word and without `world.exit`: what SIGKILL does to a process. */
  drop(): void
}

/** Runs the plugin that a behaviour describes in the given world, until it is told to end. */
export function serve(behaviour: Behaviour, world: World): Served {
  const decision = behaviour.process.cookie(world.env)
  if (decision.kind === 'refuse') {
    world.stderr.write(`${decision.message}\n`)
    world.exit(decision.exitCode)
    return { started: Promise.resolve(), drop: () => {} }
  }

  const plugin = new Plugin(behaviour, world)
  obeySurroundings(plugin)
  return { started: start(plugin), drop: () => plugin.drop() }
}

async function start(plugin: Plugin): Promise<void> {
  const { behaviour, world, log } = plugin
  try {
    warnOfPortRange(plugin)
    await behaviour.process.start(
      {
        listen: (place = behaviour.process.listen(world.env)) => plugin.listen(place),
        async announce(bound) {
          await behaviour.process.beforeHandshake(plugin)
          await behaviour.process.writeHandshake(behaviour.process.handshakeLine(bound, plugin), plugin)
          behaviour.process.afterHandshake(plugin)
        },
      },
      plugin,
    )
    behaviour.logs.onStart(log, plugin)
  } catch (error) {
    if (plugin.ended.aborted) return
    // The reason belongs on stderr; stdout stays empty, so that the host reports the failure as one (LIFE-064).
    log.error('plugin init error', { error: shortText(error) })
    plugin.exit(1)
  }
}

function obeySurroundings(plugin: Plugin): void {
  const { behaviour, world } = plugin
  world.onSignal('SIGINT', () => behaviour.process.onSigint(plugin))
  world.onSignal('SIGTERM', () => behaviour.process.onSigterm(plugin))
  // stdout is the host's to close; nothing after the handshake matters there (LIFE-053, LIFE-168).
  world.stdout.on('error', () => {})
  world.stderr.on('error', () => {
    if (!plugin.ended.aborted) behaviour.process.onStderrLost(plugin)
  })
  const { onStdinEnd } = behaviour.process
  if (onStdinEnd !== null) world.stdin.once('end', () => onStdinEnd(plugin)).resume()
}

/** The host never checks the port, so it may lie outside the range; a range that is none deserves a word (LIFE-082). */
function warnOfPortRange(plugin: Plugin): void {
  const min = Number.parseInt(plugin.world.env['PLUGIN_MIN_PORT'] ?? '', 10)
  const max = Number.parseInt(plugin.world.env['PLUGIN_MAX_PORT'] ?? '', 10)
  if (min > max) plugin.log.warn('PLUGIN_MIN_PORT is greater than PLUGIN_MAX_PORT', { min, max })
}
