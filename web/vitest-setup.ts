import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// Files share one environment (`isolate: false`), so each test takes down what it has put up.
afterEach(cleanup)
