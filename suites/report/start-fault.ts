import { diagnose } from '../../host/diagnosis/diagnose.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { renderDiagnosis } from './diagnosis.ts'
import type { TextStyle } from './text.ts'

/** The diagnosis of a plugin that did not come up, in front of a report. */
export function renderStartFault(fault: StartFault, style: TextStyle): readonly string[] {
  const { expected, found, environment } = fault
  const diagnosis = diagnose(fault)
  const rows = [
    ['expected', expected],
    ['found', found],
    ...(environment === undefined ? [] : [['but', environment]]),
  ]
  return renderDiagnosis(
    { ...diagnosis, exhibits: [{ title: 'in short', rows }, ...diagnosis.exhibits] },
    style,
  )
}
