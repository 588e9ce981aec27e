import type { Observer } from '../kernel/observer.ts'
import { observers as runningObservers } from './running-observers.ts'
import { observers as sideStreamObservers } from './side-stream-observers.ts'

/** The process: environment, connections, crash, end: watches. */
export const observers: readonly Observer[] = [...runningObservers, ...sideStreamObservers]
