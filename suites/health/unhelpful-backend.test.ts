import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

import { expect, test } from 'vitest'

import { UnhelpfulBackend } from './unhelpful-backend.ts'

function client(backend: UnhelpfulBackend) {
  const { hostname, port } = new URL(backend.url)
  return connect(Number(port), hostname)
}

/** However it closes; `once` would reject when that is with a reset. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

test('a backend that closes ends a connection without a word and counts it', async () => {
  await using backend = await UnhelpfulBackend.start('closes')
  expect(backend.connections).toBe(0)
  const socket = client(backend)
  const received: unknown[] = []
  socket.on('data', (data) => received.push(data))
  socket.on('error', () => {})
  await closed(socket)
  expect(received).toEqual([])
  expect(backend.connections).toBe(1)
})

test('a silent backend takes what it is sent and lets go only when it is disposed of', async () => {
  const backend = await UnhelpfulBackend.start('is-silent')
  const socket = client(backend)
  socket.on('error', () => {})
  await once(socket, 'connect')
  await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\n\r\n', () => resolve()))
  expect(socket.destroyed).toBe(false)
  const end = closed(socket)
  await backend[Symbol.asyncDispose]()
  await end
  expect(backend.connections).toBe(1)
})
