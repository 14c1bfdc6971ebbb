import { expect, test } from 'vitest'
import { withNotice } from './notice.ts'
import type { DraftLine, Usage } from './port.ts'

const usage: Usage = { inputUnits: 1, outputUnits: 2 }

async function* written(...words: string[]): AsyncGenerator<DraftLine, Usage> {
  for (const text of words) yield { speaker: '乙', text, pauseAfterMs: 300, sourceRefs: [] }
  return usage
}

async function texts(drafts: AsyncGenerator<DraftLine, Usage>): Promise<[string[], Usage]> {
  const said: string[] = []
  for (;;) {
    const next = await drafts.next()
    if (next.done) return [said, next.value]
    said.push(`${next.value.speaker} ${next.value.text}`)
  }
}

test('the notice comes first, by the first voice, and changes nothing else', async () => {
  const zh = await texts(withNotice(written('你好。', '再见。'), { speaker: '甲', language: 'zh' }))
  expect(zh).toEqual([['甲 本节目由人工智能合成。', '乙 你好。', '乙 再见。'], usage])
  expect((await texts(withNotice(written(), { speaker: '甲', language: 'zh' })))[0]).toEqual([])
})

test('it is not said twice', async () => {
  const own = withNotice(written('欢迎收听，声音由人工智能合成。', '开始。'), { speaker: '甲', language: 'zh' })
  expect((await texts(own))[0]).toEqual(['乙 欢迎收听，声音由人工智能合成。', '乙 开始。'])
  const about = withNotice(written('今天谈人工智能。'), { speaker: '甲', language: 'zh' })
  expect((await texts(about))[0]).toHaveLength(2)
})
