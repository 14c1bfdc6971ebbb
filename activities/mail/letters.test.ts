import { expect, it } from 'vitest'
import { write } from './letters.ts'

const words = {
  link: 'https://aimake.cc/verify?token=t',
  title: '银河\r\nBcc: all@example.com',
  newEmail: 'new@example.com',
  status: 'review',
}
const kinds = ['verify', 'change-email', 'reset', 'registered', 'ready', 'needs-you']

it.each(kinds)('%s is written in both languages, with its link', (kind) => {
  const [zh, en] = [write(kind, 'zh', words), write(kind, 'en', words)]
  for (const { subject, text } of [zh, en]) {
    expect(text).toContain(words.link)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(subject.length).toBeGreaterThan(3)
  }
  expect(zh.subject).toMatch(/[\u4e00-\u9fff]/)
  expect(en.text.replaceAll('银河', '')).not.toMatch(/[\u4e00-\u9fff]/)
})

it('is Chinese for whoever speaks a language it has no words for', () => {
  expect(write('reset', 'fr', words)).toEqual(write('reset', 'zh', words))
})

it('says why an episode waits', () => {
  expect(write('needs-you', 'en', words).text).toContain('before it is voiced')
  expect(write('needs-you', 'en', { ...words, status: 'paused_budget' }).text).toContain('budget')
})

it('refuses a kind that nobody has written', () => {
  expect(() => write('lottery', 'en', words)).toThrow('nobody has written')
})
