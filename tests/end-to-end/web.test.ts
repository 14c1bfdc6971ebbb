import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decode } from '../setup/decode.ts'
import { readRun } from '../setup/person.ts'
import { english } from '../setup/texts.ts'
import { arrive, desktop, forgive, opensBrowser, page, phone, shown, sideways } from '../setup/visit.ts'

opensBrowser(readRun)

/** Long enough that it is still being made while one listens. */
const places = ['院子', '桥上', '车站', '书店', '海边', '山顶', '食堂', '屋顶']
const longText = (mark: string) =>
  Array.from(
    { length: 40 },
    (_, index) => `${mark}的第${index + 1}个晚上，我在${places[index % places.length]}数到了${index + 12}颗星星，记在本子上。`,
  ).join('\n')

interface Heard {
  at: number
  playing: boolean
  unmade: number
}

/** What sounds, and how many lines have no sound yet, at one moment. Words for the browser: these tests know no DOM types. */
const hear = () =>
  page.evaluate<Heard>(`(() => {
    const audio = document.querySelector('audio')
    return { at: audio?.currentTime ?? 0, playing: audio?.paused === false, unmade: document.querySelectorAll('.line.waiting, .line.voicing').length }
  })()`)

async function hearsUntil(seconds: number): Promise<Heard> {
  await expect.poll(async () => (await hear()).at, { timeout: 20_000, interval: 50 }).toBeGreaterThan(seconds)
  return hear()
}

/** Waits until the page says so; as long as lines are still being made, however busy the machine is. */
async function says(word: string): Promise<void> {
  const said = page.locator('.status .say').getByText(word)
  let [left, since] = [Infinity, Date.now()]
  while (!(await said.isVisible())) {
    const { unmade } = await hear()
    if (unmade !== left) [left, since] = [unmade, Date.now()]
    if (Date.now() - since > 60_000) throw new Error(`no line was made for a minute, and ${unmade} are left`)
    await page.waitForTimeout(100)
  }
}

it('one click in, a text, one button: the lines appear and sound before the last one is made', async () => {
  const mark = `观星${Date.now() % 100_000}`
  await arrive(desktop, '/')
  await page.getByRole('textbox', { name: '想听什么' }).fill(longText(mark))
  await shown('直接试用').click()

  // What was typed before the sign-in is still there.
  const box = page.getByRole('textbox', { name: '文字或脚本' })
  expect(await box.inputValue()).toBe(longText(mark))
  await page.getByRole('radio', { name: '逐字朗读' }).click()
  await page.getByText('准确').filter({ visible: true }).waitFor()
  await shown('开始朗读').dblclick()

  await page.waitForURL(/\/episodes\//)
  await page.locator('.line').nth(20).waitFor()
  await page.locator('.player .playb:enabled').filter({ visible: true }).click()
  const early = await hearsUntil(0.4)
  const later = await hearsUntil(early.at + 1)
  expect(later).toMatchObject({ playing: true })
  expect(later.unmade).toBeGreaterThan(0)
  await page.locator('.line.playing .now').waitFor()

  // The sound goes on while one moves about, and one double click made one episode.
  await page.getByRole('link', { name: '作品库' }).first().click()
  const rows = page.locator('.work').filter({ hasText: mark })
  await rows.first().waitFor()
  expect(await rows.count()).toBe(1)
  await hearsUntil((await hear()).at + 0.5)

  await rows.getByRole('link').click()
  await says('做好了')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 MP3' }).filter({ visible: true }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.mp3$/)
  const samples = decode(readFileSync(await download.path()))
  expect(samples.length / 48_000).toBeGreaterThan(60)
  expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true)
}, 600_000)

it('a deleted episode can be brought back, and a stopped one keeps what was made', async () => {
  const mark = `停下${Date.now() % 100_000}`
  await arrive(desktop, '/')
  await shown('直接试用').click()
  await page.getByRole('textbox', { name: '文字或脚本' }).fill(longText(mark))
  await page.getByRole('radio', { name: '逐字朗读' }).click()
  await page.getByRole('textbox', { name: '文字或脚本' }).press('Control+Enter')
  await page.waitForURL(/\/episodes\//)
  // The first line, not just any: lines are voiced side by side, and only from the first on can one listen.
  await expect.poll(() => page.locator('.line').first().getAttribute('class'), { timeout: 20_000 }).toContain('ready')

  await shown('停止').click()
  await page.getByRole('dialog').getByRole('button', { name: '停止' }).click()
  await page.getByRole('heading', { name: /^已停。花了 US\$0\.00，前 .+可以听。$/ }).waitFor()

  await shown('更多').click()
  await page.getByRole('menuitem', { name: '删除' }).click()
  const row = page.locator('.work').filter({ hasText: mark })
  await expect.poll(() => row.count()).toBe(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await row.waitFor()
})

it('says at once what it cannot read, and keeps it', async () => {
  await arrive(desktop, '/')
  await shown('直接试用').click()
  const box = page.getByRole('textbox', { name: '文字或脚本' })
  await box.fill('http://127.0.0.1/an-article')
  await page.getByText('这个链接不是公开网页的地址').waitFor()
  await page.getByRole('alert').getByText('“http://127.0.0.1/an-article”读不出来').waitFor()
  await page.reload()
  expect(await box.inputValue()).toBe('http://127.0.0.1/an-article')
  await page.getByText('这个链接不是公开网页的地址').waitFor()
  // A browser writes every refusal into its console; these are the ones asked for.
  forgive(/status of 422 .*\/api\/sources$/)
})

it('on a phone and in English: a script is recognised, becomes a talk, plays and downloads', async () => {
  const turns = english.split(/(?<=[.?]) |\n\n/).map((words, index) => `${index % 2 ? 'Tom' : 'Maya'}: ${words}`)
  await arrive(phone, '/')
  await shown('Try it now').click()
  await page.getByRole('textbox', { name: 'Text or script' }).fill(turns.join('\n'))
  await page.getByText('finished script for 2 speakers').waitFor()
  await page.getByText('estimated').or(page.getByText('exact')).filter({ visible: true }).first().waitFor()
  expect(await sideways()).toBe(0)
  await shown('Make podcast').tap()

  await page.waitForURL(/\/episodes\//)
  await page.locator('.player .playb.l:enabled').click()
  await hearsUntil(0.4)
  expect(await page.locator('.who').allInnerTexts()).toEqual(expect.arrayContaining(['Maya', 'Tom']))
  expect(await sideways()).toBe(0)
  await says('Ready')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download MP3' }).filter({ visible: true }).tap(),
  ])
  expect(decode(readFileSync(await download.path())).length).toBeGreaterThan(48_000)

  await page.getByRole('link', { name: 'Back to library' }).tap()
  await page.locator('.mini').waitFor()
  expect(await sideways()).toBe(0)
})
