import { defineConfig } from 'vitest/config'

// Where CI wants the numbers as a file, besides the text that people read.
const report = process.env['VITEST_REPORT']

export default defineConfig({
  test: {
    include: ['{proto,host,suites,cli,reference-plugin,scripts,subjects}/**/*.test.ts', '*.test.ts'],
    // Child processes are started by many tests; two cores are what the smallest CI machines have.
    // A net for what hangs, not a bound on speed: a whole run starts sixty processes, and several run side by side.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Most tests wait for plugins rather than compute, so one more worker than the smallest CI machines have cores.
    maxWorkers: 3,
    ...(report === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: report } }),
    globalSetup: ['./scripts/build-once.ts'],
  },
})
