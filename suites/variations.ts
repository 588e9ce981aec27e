import type { Mutant } from './kernel/mutant.ts'
import type { Oddball } from './kernel/oddball.ts'
import { mutants as manifestMutants } from './manifest/mutants.ts'
import { oddballs as manifestOddballs } from './manifest/oddballs.ts'
import { mutants as handshakeMutants } from './handshake/mutants.ts'
import { oddballs as handshakeOddballs } from './handshake/oddballs.ts'
import { mutants as tlsMutants } from './tls/mutants.ts'
import { oddballs as tlsOddballs } from './tls/oddballs.ts'
import { mutants as lifecycleMutants } from './lifecycle/mutants.ts'
import { oddballs as lifecycleOddballs } from './lifecycle/oddballs.ts'
import { mutants as logsMutants } from './logs/mutants.ts'
import { oddballs as logsOddballs } from './logs/oddballs.ts'
import { mutants as contextMutants } from './context/mutants.ts'
import { oddballs as contextOddballs } from './context/oddballs.ts'
import { mutants as queryMutants } from './query/mutants.ts'
import { oddballs as queryOddballs } from './query/oddballs.ts'
import { mutants as chunkedMutants } from './chunked/mutants.ts'
import { oddballs as chunkedOddballs } from './chunked/oddballs.ts'
import { mutants as frameMutants } from './frame/mutants.ts'
import { oddballs as frameOddballs } from './frame/oddballs.ts'
import { mutants as dataplaneMutants } from './dataplane/mutants.ts'
import { oddballs as dataplaneOddballs } from './dataplane/oddballs.ts'
import { mutants as alertingMutants } from './alerting/mutants.ts'
import { oddballs as alertingOddballs } from './alerting/oddballs.ts'
import { mutants as resourceMutants } from './resource/mutants.ts'
import { oddballs as resourceOddballs } from './resource/oddballs.ts'
import { mutants as healthMutants } from './health/mutants.ts'
import { oddballs as healthOddballs } from './health/oddballs.ts'
import { mutants as metricsMutants } from './metrics/mutants.ts'
import { oddballs as metricsOddballs } from './metrics/oddballs.ts'
import { mutants as streamMutants } from './stream/mutants.ts'
import { oddballs as streamOddballs } from './stream/oddballs.ts'
import { mutants as admissionMutants } from './admission/mutants.ts'
import { oddballs as admissionOddballs } from './admission/oddballs.ts'
import { mutants as conversionMutants } from './conversion/mutants.ts'
import { oddballs as conversionOddballs } from './conversion/oddballs.ts'
import { mutants as traceMutants } from './trace/mutants.ts'
import { oddballs as traceOddballs } from './trace/oddballs.ts'
import { mutants as errorsMutants } from './errors/mutants.ts'
import { oddballs as errorsOddballs } from './errors/oddballs.ts'

/** Every mutant, areas in the order of the catalogue. */
export const mutants: readonly Mutant[] = [
  ...manifestMutants,
  ...handshakeMutants,
  ...tlsMutants,
  ...lifecycleMutants,
  ...logsMutants,
  ...contextMutants,
  ...queryMutants,
  ...chunkedMutants,
  ...frameMutants,
  ...dataplaneMutants,
  ...alertingMutants,
  ...resourceMutants,
  ...healthMutants,
  ...metricsMutants,
  ...streamMutants,
  ...admissionMutants,
  ...conversionMutants,
  ...traceMutants,
  ...errorsMutants,
]

/** Every oddball. */
export const oddballs: readonly Oddball[] = [
  ...manifestOddballs,
  ...handshakeOddballs,
  ...tlsOddballs,
  ...lifecycleOddballs,
  ...logsOddballs,
  ...contextOddballs,
  ...queryOddballs,
  ...chunkedOddballs,
  ...frameOddballs,
  ...dataplaneOddballs,
  ...alertingOddballs,
  ...resourceOddballs,
  ...healthOddballs,
  ...metricsOddballs,
  ...streamOddballs,
  ...admissionOddballs,
  ...conversionOddballs,
  ...traceOddballs,
  ...errorsOddballs,
]
