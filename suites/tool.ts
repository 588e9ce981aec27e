import { readFileSync } from 'node:fs'

/** Name and version of this package, as its package.json says. */
export const TOOL: { readonly name: string; readonly version: string } = readTool()

function readTool(): { readonly name: string; readonly version: string } {
  // The built file lies one folder deeper than the source.
  const places = ['../package.json', '../../package.json']
  for (const place of places) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as {
        readonly name: string
        readonly version: string
      }
      return { name, version }
    } catch {
      // Try the next place.
    }
  }
  return { name: 'grafana-plugin-conformance', version: 'unknown' }
}
