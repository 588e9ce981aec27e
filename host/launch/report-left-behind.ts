import type { StartOptions } from './start-options.ts'

/** Tells of each process that outlived the plugin which had started it (LIFE-011, LIFE-062). */
export function reportLeftBehind(options: StartOptions, found: readonly string[]): void {
  for (const what of found) {
    options.sink({
      kind: 'left-behind',
      origin: 'plugin',
      at: options.now(),
      process: options.name,
      tag: undefined,
      what,
    })
  }
}
