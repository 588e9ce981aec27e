import { execFileSync } from 'node:child_process'

/** Child processes of the tests run the built tree, so it is brought up to date once before the first test. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
