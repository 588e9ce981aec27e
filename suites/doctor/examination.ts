import type { Diagnosis } from '../../host/diagnosis/diagnosis.ts'

/** How a step went: `bad` is what Grafana would show, `warning` what is fragile, `told` what is no matter for a verdict. */
export type Mark = 'good' | 'warning' | 'bad' | 'told'

/** One line of a doctor's sheet. */
export interface Step {
  readonly name: string
  readonly mark: Mark
  /** How long the step took, in whole milliseconds; undefined where nothing was waited for. */
  readonly ms: number | undefined
  /** What was seen. */
  readonly text: string
  /** What to change, for warnings and what is bad. */
  readonly fix?: string
}

/** What the doctor found: a sheet of steps, and a diagnosis when the plugin does not come up. */
export interface Examination {
  /** Version of this shape. */
  readonly doctor: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** Version of the imitated Grafana. */
  readonly grafana: string
  readonly subject: { readonly id: string; readonly version: string; readonly command: string }
  readonly steps: readonly Step[]
  readonly diagnosis?: Diagnosis
  readonly ms: number
  /** 0 fine, 1 something that Grafana would show, 3 never came up, 130 interrupted. */
  readonly exitCode: 0 | 1 | 3 | 130
}
