import { createHash } from 'node:crypto'

/** What a test call says: a few characters, so that it costs as little as a call can. */
export const testText = { text: '你好。', language: 'zh' } as const

/** A key of its own for each test: it is worth nothing when it is answered from the store. */
export const testContentKey = (testId: string) => createHash('sha256').update(`provider-test ${testId}`).digest('hex')
