import { processWorld } from './process-world.ts'
import { reference } from './reference.ts'
import { serve } from './serve.ts'

await serve(reference, processWorld()).started
