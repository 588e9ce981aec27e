import { referenceAdmission } from './admission/reference.ts'
import { referenceAuxiliary } from './auxiliary/reference.ts'
import type { Behaviour } from './behaviour.ts'
import { referenceConversion } from './conversion/reference.ts'
import { referenceData } from './data/reference.ts'
import { referenceDiagnostics } from './diagnostics/reference.ts'
import { referenceInstances } from './instances/reference.ts'
import { referenceLogs } from './logs/reference.ts'
import { referenceProcess } from './process/reference.ts'
import { referenceResource } from './resource/reference.ts'
import { referenceStream } from './stream/reference.ts'
import { referenceTls } from './tls/reference.ts'
import { referenceTransport } from './transport/reference.ts'

/** The correct plugin: it upholds every rule and offers every service. */
export const reference: Behaviour = {
  process: referenceProcess,
  logs: referenceLogs,
  transport: referenceTransport,
  tls: referenceTls,
  services: {
    health: true,
    controller: true,
    stdio: true,
    broker: true,
    data: true,
    chunked: true,
    resource: true,
    diagnostics: true,
    stream: true,
    admission: true,
    conversion: true,
  },
  auxiliary: referenceAuxiliary,
  instances: referenceInstances,
  data: referenceData,
  resource: referenceResource,
  diagnostics: referenceDiagnostics,
  stream: referenceStream,
  admission: referenceAdmission,
  conversion: referenceConversion,
}
