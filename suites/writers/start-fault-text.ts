import type { StartFault } from '../../host/launch/start-fault.ts'

/** The diagnosis of a plugin that did not come up, as one line and as a paragraph. */
export function describeFault(fault: StartFault): { readonly summary: string; readonly details: string } {
  const summary = `The plugin never came up: ${fault.what}`
  return {
    summary,
    details: [
      summary,
      `Expected: ${fault.expected}`,
      `Found: ${fault.found}`,
      ...(fault.grafanaLog === '' ? [] : [`Grafana logs: ${fault.grafanaLog}`]),
      `Fix: ${fault.fix}`,
      ...fault.stderr.map((line) => `stderr: ${line}`),
    ].join('\n'),
  }
}
