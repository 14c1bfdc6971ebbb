import { afterEach, beforeEach, expect } from 'vitest'

const said: string[] = []

// A line nobody expected is a fault nobody looked at.
for (const level of ['log', 'info', 'warn', 'error'] as const) {
  console[level] = (...words: unknown[]) => void said.push(`console.${level}: ${words.map(String).join(' ')}`)
}

beforeEach(() => void (said.length = 0))
afterEach(() => expect(said, 'unexpected console lines').toEqual([]))
