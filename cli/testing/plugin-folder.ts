import { currentPlatform, executableName } from '../../host/launch/platform.ts'
import { temporaryFolder } from '../../host/launch/temporary-folder.ts'
import type { Entry } from '../../host/launch/temporary-folder.ts'

/** The least that plugin.json has to say. */
export const pluginJson = JSON.stringify({
  id: 'test-datasource',
  type: 'datasource',
  name: 'Test',
  backend: true,
  executable: 'gpx_test',
  info: { version: '1.0.0' },
})

/** Name of the executable on this machine. */
export const executable = executableName('gpx_test', currentPlatform())

/** A plugin folder whose executable is this shell script. */
export function scriptFolder(
  script: string,
  mode = 0o755,
  more: Readonly<Record<string, Entry>> = {},
): ReturnType<typeof temporaryFolder> {
  return temporaryFolder({
    'plugin.json': pluginJson,
    [executable]: { content: `#!/bin/sh\n${script}\n`, mode },
    ...more,
  })
}
