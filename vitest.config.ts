import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'fairness', include: ['fairness/{src,tests}/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
})
