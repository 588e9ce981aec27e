import type { TextStyle } from '../suites/report/text.ts'

/** Where the command line writes, and how. */
export interface Terminal {
  readonly style: TextStyle
  out(text: string): void
  err(text: string): void
  /** Replaces the status line; does nothing where nobody watches. */
  status(text: string): void
}

/** Narrower than this, nothing is readable any more. */
const NARROWEST = 40
const WIDEST = 120

/** The terminal of this process: colour and status line only where a person sees them (NO_COLOR, FORCE_COLOR, pipes). */
export function processTerminal(options: { readonly color: boolean }): Terminal {
  const { env, stdout, stderr } = process
  const wanted = options.color && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb'
  const color = wanted && (stdout.isTTY || (env['FORCE_COLOR'] ?? '0') !== '0')
  const columns = stdout.isTTY ? Math.min(WIDEST, Math.max(NARROWEST, stdout.columns)) : 80
  const watched = stderr.isTTY && env['CI'] === undefined
  // Whoever reads us may stop reading, as `head` does; that is no error of ours.
  stdout.on('error', ignoreBrokenPipe)
  stderr.on('error', ignoreBrokenPipe)
  let shown = false
  const clear = (): void => {
    if (shown) stderr.write('\r\u001B[K')
    shown = false
  }
  return {
    style: { columns, color },
    out(text) {
      clear()
      stdout.write(text)
    },
    err(text) {
      clear()
      stderr.write(text)
    },
    status(text) {
      if (!watched) return
      clear()
      if (text === '') return
      stderr.write(text.slice(0, Math.max(0, columns - 1)))
      shown = true
    },
  }
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
