import { createServer } from 'node:http'
import { beforeAll, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { Person, readRun } from '../setup/person.ts'
import { RECEIVER_PORT } from '../setup/product.ts'
import { arrive, currentTime, opensBrowser, page, sideways } from '../setup/visit.ts'

const run = readRun()
let person: Person
let episodeId: string

opensBrowser(() => run)
beforeAll(async () => {
  person = await Person.demo(run)
  const text = '今晚说说银河。\n它很大。\n望远镜看得见蓝莓星云，也看得见邻居。'
  const { id } = await person.order({
    kind: 'podcast',
    notice: false,
    title: '夜空',
    speakers: [{ name: '甲' }, { name: '乙' }],
    sources: [
      {
        type: 'script',
        text: text
          .split('\n')
          .map((line, index) => `${index % 2 ? '乙' : '甲'}：${line}`)
          .join('\n'),
      },
    ],
  })
  episodeId = id
  await person.ready(id)
})

/** A browser in this language, signed in, at this page. */
const at = (path: string, locale: string, width = 1280) =>
  arrive({ viewport: { width, height: 900 }, locale }, path, { as: person })
const button = (name: string) => page.getByRole('button', { name, exact: true })

it.each([
  ['zh-CN', '搜标题、稿子和笔记'],
  ['en-US', 'Search titles, scripts and notes'],
])('a hit leads to its second (%s)', async (locale, field) => {
  await at('/library', locale)
  await page.getByLabel(field).fill('蓝莓')
  const hit = page.locator('.hit').first()
  await hit.locator('mark', { hasText: '蓝莓' }).waitFor()
  await hit.getByRole('link').click()
  await page.waitForURL(`**/episodes/${episodeId}`)
  const { items } = await person.ok<components['schemas']['SearchResult']>('GET', `/api/search?q=${encodeURIComponent('蓝莓')}`)
  const startMs = items.find((item) => item.episodeId === episodeId)!.line!.startMs!
  expect(startMs).toBeGreaterThan(1000)
  await page
    .getByRole('button', { name: locale === 'zh-CN' ? '播放' : 'Play' })
    .filter({ visible: true })
    .first()
    .click()
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(startMs / 1000 - 0.1)
})

it('a search that finds nothing says so', async () => {
  await at('/library', 'en-US')
  await page.getByLabel('Search titles, scripts and notes').fill('不存在的词')
  await page.getByText('Nothing found for').waitFor()
})

it('a show is begun, filled and subscribed to, and its address revoked', async () => {
  await at('/shows', 'zh-CN', 390)
  await page.getByLabel('节目名').fill('星空电台')
  await button('建立').click()
  await page.waitForURL('**/shows/*-*')
  await page.getByLabel('介绍').fill('每晚看天。')
  await page.getByLabel('作者').fill('林')
  await page.getByLabel('分类').selectOption('Science')
  await button('保存').click()
  await page.getByText('已保存').waitFor()
  const showId = page.url().split('/').at(-1)!
  await person.ok('PUT', `/api/shows/${showId}/episodes/${episodeId}`, { published: true })
  await page.reload()
  await page.getByRole('switch', { name: '在订阅里' }).waitFor()
  await page.getByText('没有会被拒绝的地方。').waitFor()
  await button('公开这个节目').click()
  await page.locator('.qr svg').waitFor()
  const url = await page.locator('.address').first().textContent()
  expect((await fetch(url!)).status).toBe(200)
  expect(await sideways()).toBe(0)
  await button('收回').click()
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click()
  await page.locator('.qr').waitFor({ state: 'detached' })
  expect((await fetch(url!)).status).toBe(404)
})

it('an episode is shared and shared no longer', async () => {
  await at(`/episodes/${episodeId}`, 'en-US')
  await button('Share this episode').click()
  const link = page.getByRole('link', { name: 'Open the page' })
  await link.waitFor()
  const url = (await link.getAttribute('href'))!
  const shared = async () => (await fetch(url)).text()
  expect(await shared()).toContain('<title>夜空</title>')
  expect(await shared()).toContain('noindex')
  const findable = page.getByRole('switch', { name: 'Let search engines show it' })
  expect(await findable.isChecked()).toBe(false)
  await findable.click()
  await expect.poll(shared).not.toContain('noindex')
  await page.reload()
  await expect.poll(() => findable.isChecked()).toBe(true)
  await button('Stop sharing').click()
  await button('Share this episode').waitFor()
  expect((await fetch(url)).status).toBe(404)
})

it('a webhook is added, tried and removed in the settings', async () => {
  const receiver = createServer((req, res) => req.resume().on('end', () => res.writeHead(204).end()))
  await new Promise<void>((resolve) => receiver.listen(RECEIVER_PORT, '127.0.0.1', resolve))
  try {
    await at('/settings', 'en-US', 390)
    await button('Add').click()
    await page.getByLabel('Address (https)').fill(`http://127.0.0.1:${RECEIVER_PORT}/screen`)
    await button('Add').click()
    await page.getByText(/^whsec_/).waitFor()
    await button('Send a test').click()
    await page.getByText(/webhook\.test · Delivered · 1 try/).waitFor()
    expect(await sideways()).toBe(0)
    await button('Remove').click()
    await page.getByText('None yet.').first().waitFor()
  } finally {
    receiver.close()
  }
})
