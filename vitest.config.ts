import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{proto,host,suites,cli,reference-plugin,scripts}/**/*.test.ts', '*.test.ts'],
    // Child processes are started by many tests; two cores are what the smallest CI machines have.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['./scripts/build-once.ts'],
  },
})
