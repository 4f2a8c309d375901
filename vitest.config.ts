import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{electron,renderer,scripts,server,shared,tests}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.pg.test.ts', 'tests/e2e/**']
        }
      }
    ]
  }
})
