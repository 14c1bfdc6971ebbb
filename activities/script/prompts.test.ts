import { expect, it } from 'vitest'
import { outlineInstructions } from './prompts.ts'

const request = { kind: 'podcast', language: 'en', speakers: [{ name: 'A' }], sources: [{ text: 'Tides' }] } as const

it('facts come from what was given, and from what is known only where a topic is all there is', () => {
  expect(outlineInstructions(request, 1)).toContain('Facts come from the material only')
  const known = outlineInstructions({ ...request, fromKnowledge: true }, 1)
  expect(known).toContain('generally known')
  expect(known).not.toContain('Facts come from the material only')
})
