import type { ProcessBehaviour } from '../behaviour.ts'
import { checkCookie } from './cookie.ts'
import { handshakeLine } from './handshake-line.ts'
import { chooseListenPlace } from './listen-place.ts'

/** Starts quietly, announces when it listens, ends only when told to. */
export const referenceProcess: ProcessBehaviour = {
  cookie: checkCookie,
  listen: chooseListenPlace,

  async start(steps) {
    const bound = await steps.listen()
    await steps.announce(bound)
  },

  async beforeHandshake() {},

  address(bound) {
    if (bound.kind === 'unix') return bound.path
    return bound.host.includes(':') ? `[${bound.host}]:${bound.port}` : `${bound.host}:${bound.port}`
  },

  handshakeLine(bound, running) {
    const { process, tls } = running.behaviour
    const certificate = running.tls === null ? '' : tls.announce(running.tls)
    return handshakeLine([bound.kind, process.address(bound)], certificate, running.world.env)
  },

  writeHandshake: (line, running) =>
    new Promise((resolve) => {
      running.world.stdout.write(line, () => resolve())
    }),

  afterHandshake() {},

  // Ctrl-C in a terminal reaches the whole process group, but the host wants to do the orderly stop (LIFE-165).
  onSigint() {},
  onSigterm: (running) => running.stop(0),
  onStdinEnd: null,
  onStderrLost: (running) => running.exit(1),
  onShutdown: async (running) => running.stop(0),
}
