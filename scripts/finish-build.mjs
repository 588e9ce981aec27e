// What tsc does not do: generated protocol code goes beside the output, and the reference plugin becomes a folder that
// Grafana can run.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

cpSync('proto/gen', 'dist/proto/gen', { recursive: true })
chmodSync('dist/cli/main.js', 0o755)

const folder = 'dist/reference-plugin'
mkdirSync(folder, { recursive: true })
cpSync('reference-plugin/plugin.json', `${folder}/plugin.json`)
const template = readFileSync('reference-plugin/launcher.sh', 'utf8')
const { executable } = JSON.parse(readFileSync('reference-plugin/plugin.json', 'utf8'))
for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64']) {
  const file = `${folder}/${executable}_${platform}`
  const text = template.replaceAll('@NODE@', process.execPath)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  chmodSync(file, 0o755)
}
