import type { Writable } from 'node:stream'

import type { Behaviour } from '../behaviour.ts'
import type { Log, LogLevel, LogWrite } from './entry.ts'

/** A log that writes each event as one line in one piece, so that lines never interleave (LIFE-130). */
export function createLog(behaviour: Behaviour, stderr: Writable): Log {
  const write =
    (level: LogLevel): LogWrite =>
    (message, fields = {}) => {
      if (stderr.writable)
        stderr.write(`${behaviour.logs.format({ level, message, at: new Date(), fields })}\n`)
    }
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
