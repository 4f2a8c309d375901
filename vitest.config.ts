import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{electron,renderer,scripts,server,shared,tests}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.pg.test.ts', 'tests/e2e/**'],
          testTimeout: 20_000
        }
      },
      {
        test: {
          name: 'pg',
          include: ['{server,tests,scripts}/**/*.pg.test.ts'],
          globalSetup: 'tests/helpers/postgres-setup.ts',
          hookTimeout: 30_000,
          testTimeout: 30_000
        }
      }
    ]
  }
})
