import { defineConfig } from 'vitest/config'
import { apiChecks } from './web/api-checks-plugin.ts'

const minute = 60_000

export default defineConfig({
  // As the build of the web app has it: what a form may send.
  plugins: [apiChecks()],
  test: {
    // Temporal's native core crashes in worker threads.
    pool: 'forks',
    setupFiles: ['tests/setup/quiet.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,activities,workflows,api,scripts,prisma,web,admin}/**/*.test.ts', 'tests/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.server.test.ts'],
          testTimeout: minute,
          hookTimeout: minute,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          // A `.server.test.ts` tests a hard core on the real servers of the running product.
          include: ['tests/end-to-end/**/*.test.ts', 'tests/faults/**/*.test.ts', 'activities/**/*.server.test.ts'],
          globalSetup: ['tests/setup/product.ts'],
          // One product, one browser and two cores: files take turns, so that none makes another slow.
          fileParallelism: false,
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
          // What is polled for is a state, and a busy machine comes to it later.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
