import { createServer } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { readRun } from '../setup/person.ts'
import { chinese } from '../setup/texts.ts'

const run = readRun()
const site = 'http://127.0.0.1:18790'
const article = `<!doctype html><html><head><meta charset="utf-8"><title>银河去哪了</title></head><body><nav>首页</nav><article>${chinese
  .split('\n\n')
  .map((words) => `<p>${words}</p>`)
  .join('')}<img src="a.png"></article></body></html>`
const server = createServer((_req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(article))

let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(18790, '127.0.0.1', resolve))
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage()
  complaints = complaintsOf(page)
  await page.goto(run.web)
  await page.getByRole('button', { name: '直接试用' }).filter({ visible: true }).first().click()
})
afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const box = () => page.getByRole('textbox', { name: '文字或脚本' })

/** What a person does who drops a file on the box. */
async function drop(name: string, text: string): Promise<void> {
  const given = await page.evaluateHandle(
    `(() => { const given = new DataTransfer(); given.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)})); return given })()`,
  )
  await box().dispatchEvent('drop', { dataTransfer: given })
}

it('a link says what was read of it, and becomes an episode', async () => {
  await box().fill(`${site}/galaxy`)
  const row = page.locator('.sources li')
  await row.getByText('银河去哪了').waitFor()
  expect(await row.innerText()).toMatch(/网页[\s\S]*中文 \d+ 字[\s\S]*银河是怎么从城市里消失的[\s\S]*图片 1 张/)
  await page.getByRole('radio', { name: '逐字朗读' }).click()
  await page.getByText('准确').filter({ visible: true }).first().waitFor()
  await page.getByRole('button', { name: '开始朗读' }).filter({ visible: true }).first().click()
  await page.waitForURL(/\/episodes\//)
  await page.getByRole('heading', { name: '银河去哪了' }).first().waitFor()
})

it('a dropped file is sent and read; one that cannot be read says why and can be taken out', async () => {
  await page.goto(`${run.web.replace(/\/$/, '')}/new`)
  await box().fill('')
  await drop('故事.html', article)
  await page.locator('.sources li').getByText('银河去哪了').waitFor()
  await drop('tool.exe', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0')
  await page.locator('.sources li').filter({ hasText: 'tool.exe' }).getByText('这种文件读不了').waitFor()
  await page.getByRole('alert').getByText('“tool.exe”读不出来').waitFor()
  await page.getByRole('button', { name: '去掉tool.exe' }).click()
  await expect.poll(() => page.locator('.sources li').count()).toBe(1)
  expect(await page.getByRole('alert').count()).toBe(0)
  // A reload forgets nothing.
  await page.reload()
  await page.locator('.sources li').getByText('银河去哪了').waitFor()
  await page.getByRole('button', { name: '去掉故事.html' }).click()
  expect(complaints).toEqual([])
})
