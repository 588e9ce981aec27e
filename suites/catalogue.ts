import type { Case } from './kernel/case.ts'
import type { Catalogue } from './kernel/catalogue.ts'
import type { Observer } from './kernel/observer.ts'
import type { Rule } from './kernel/rule.ts'
import { cases as admissionCases } from './admission/cases.ts'
import { observers as admissionObservers } from './admission/observers.ts'
import { rules as admissionRules } from './admission/rules.ts'
import { cases as alertingCases } from './alerting/cases.ts'
import { observers as alertingObservers } from './alerting/observers.ts'
import { rules as alertingRules } from './alerting/rules.ts'
import { cases as chunkedCases } from './chunked/cases.ts'
import { observers as chunkedObservers } from './chunked/observers.ts'
import { rules as chunkedRules } from './chunked/rules.ts'
import { cases as contextCases } from './context/cases.ts'
import { observers as contextObservers } from './context/observers.ts'
import { rules as contextRules } from './context/rules.ts'
import { cases as conversionCases } from './conversion/cases.ts'
import { observers as conversionObservers } from './conversion/observers.ts'
import { rules as conversionRules } from './conversion/rules.ts'
import { cases as dataplaneCases } from './dataplane/cases.ts'
import { observers as dataplaneObservers } from './dataplane/observers.ts'
import { rules as dataplaneRules } from './dataplane/rules.ts'
import { cases as errorsCases } from './errors/cases.ts'
import { observers as errorsObservers } from './errors/observers.ts'
import { rules as errorsRules } from './errors/rules.ts'
import { cases as frameCases } from './frame/cases.ts'
import { observers as frameObservers } from './frame/observers.ts'
import { rules as frameRules } from './frame/rules.ts'
import { cases as handshakeCases } from './handshake/cases.ts'
import { observers as handshakeObservers } from './handshake/observers.ts'
import { rules as handshakeRules } from './handshake/rules.ts'
import { cases as healthCases } from './health/cases.ts'
import { observers as healthObservers } from './health/observers.ts'
import { rules as healthRules } from './health/rules.ts'
import { cases as lifecycleCases } from './lifecycle/cases.ts'
import { observers as lifecycleObservers } from './lifecycle/observers.ts'
import { rules as lifecycleRules } from './lifecycle/rules.ts'
import { cases as logsCases } from './logs/cases.ts'
import { observers as logsObservers } from './logs/observers.ts'
import { rules as logsRules } from './logs/rules.ts'
import { cases as manifestCases } from './manifest/cases.ts'
import { observers as manifestObservers } from './manifest/observers.ts'
import { rules as manifestRules } from './manifest/rules.ts'
import { cases as metricsCases } from './metrics/cases.ts'
import { observers as metricsObservers } from './metrics/observers.ts'
import { rules as metricsRules } from './metrics/rules.ts'
import { cases as queryCases } from './query/cases.ts'
import { observers as queryObservers } from './query/observers.ts'
import { rules as queryRules } from './query/rules.ts'
import { cases as resourceCases } from './resource/cases.ts'
import { observers as resourceObservers } from './resource/observers.ts'
import { rules as resourceRules } from './resource/rules.ts'
import { cases as streamCases } from './stream/cases.ts'
import { observers as streamObservers } from './stream/observers.ts'
import { rules as streamRules } from './stream/rules.ts'
import { cases as tlsCases } from './tls/cases.ts'
import { observers as tlsObservers } from './tls/observers.ts'
import { rules as tlsRules } from './tls/rules.ts'
import { cases as traceCases } from './trace/cases.ts'
import { observers as traceObservers } from './trace/observers.ts'
import { rules as traceRules } from './trace/rules.ts'

/** Every rule, case and observer there is, areas in the order in which a plugin meets them. */
export const catalogue: Catalogue = {
  rules: [
    manifestRules,
    handshakeRules,
    tlsRules,
    lifecycleRules,
    logsRules,
    contextRules,
    queryRules,
    chunkedRules,
    frameRules,
    dataplaneRules,
    alertingRules,
    resourceRules,
    healthRules,
    metricsRules,
    streamRules,
    admissionRules,
    conversionRules,
    traceRules,
    errorsRules,
  ].flatMap((rules): readonly Rule[] => Object.values(rules)),
  cases: [
    manifestCases,
    handshakeCases,
    tlsCases,
    lifecycleCases,
    logsCases,
    contextCases,
    queryCases,
    chunkedCases,
    frameCases,
    dataplaneCases,
    alertingCases,
    resourceCases,
    healthCases,
    metricsCases,
    streamCases,
    admissionCases,
    conversionCases,
    traceCases,
    errorsCases,
  ].flatMap((cases): readonly Case[] => cases),
  observers: [
    manifestObservers,
    handshakeObservers,
    tlsObservers,
    lifecycleObservers,
    logsObservers,
    contextObservers,
    queryObservers,
    chunkedObservers,
    frameObservers,
    dataplaneObservers,
    alertingObservers,
    resourceObservers,
    healthObservers,
    metricsObservers,
    streamObservers,
    admissionObservers,
    conversionObservers,
    traceObservers,
    errorsObservers,
  ].flatMap((observers): readonly Observer[] => observers),
}
