import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openConsole } from '../setup/browser.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { script } from '../setup/texts.ts'
import { arrive, at, desktop, forgive, opensBrowser, page, phone, sideways } from '../setup/visit.ts'

let product: Product
let person: Person

opensBrowser(() => product.run)
beforeAll(async () => {
  product = await launchProduct(19700, ['--fake'])
  person = await Person.demo(product.run)
})
afterAll(() => product?.stop())

/** The demo account, at an address of the web app. */
const open = (look: BrowserContextOptions, path: string) => arrive(look, path, { as: person })

async function held(mark: string, lines = 6, budgetMicroUsd = 1_300): Promise<string> {
  const speakers = ['甲', '乙'].map((name, index) => ({ name, voiceId: ['openai-nova', 'openai-onyx'][index] }))
  const sources = [{ type: 'script', text: script(lines, mark) }]
  const { id } = await person.order({ kind: 'podcast', title: mark, notice: false, speakers, sources, budgetMicroUsd })
  await person.until(id, ({ status }) => status === 'paused_budget')
  return id
}

it('says why it waits, what it cost and what is left, and goes on at one press', async () => {
  const id = await held('屏幕上的上限')
  await open(desktop, `/episodes/${id}`)
  const panel = page.getByRole('region', { name: /^到上限了，先停在第 \d 句$/ })
  await panel.waitFor()
  expect(await panel.innerText()).toMatch(
    /再做下去会超过你定的上限 US\$0\.0013。[^]*花了 US\$0\.00\d+，2 句已经配好。[^]*还要约 US\$0\.00/,
  )
  // By the keyboard: another sum first, which is none; then the one that is offered.
  await panel.getByRole('button', { name: '改成别的数' }).press('Enter')
  await panel.getByLabel('新的上限').fill('nan')
  await panel.getByRole('alert').getByText('写成一个金额').waitFor()
  expect(await panel.getByRole('button', { name: '就这么多' }).isDisabled()).toBe(true)
  await panel.getByLabel('新的上限').fill('0.0001')
  await page.keyboard.press('Enter')
  await panel.getByText('这个上限不够').waitFor()
  forgive(/status of 422/)
  await panel.getByRole('button', { name: '提高到 US$0.01，接着做' }).press('Enter')
  await person.ready(id)
  const receipt = page.getByRole('region', { name: '账单' })
  await receipt.getByText('配音 6 句').waitFor()
  expect(await receipt.innerText()).toMatch(/合计\s*US\$0\.00\d+[^]*上限 US\$0\.01[^]*做之前估算最多/)
  await receipt.getByRole('button', { name: /^每一笔/ }).press('Enter')
  expect(
    await receipt
      .locator('.calls li')
      .filter({ hasText: /第 \d 句/ })
      .count(),
  ).toBe(6)
  expect(await sideways()).toBe(0)
})

it('on a phone in English it can be stopped, and the month is told by day, service and episode', async () => {
  const id = await held('On a phone')
  await open(phone, `/episodes/${id}`)
  const panel = page.getByRole('region', { name: /^Paused at line \d: the next would pass your limit$/ })
  await panel.waitFor()
  expect(await sideways()).toBe(0)
  await panel.getByRole('button', { name: 'Stop' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).tap()
  await person.until(id, ({ status }) => status === 'cancelled')
  await page.goto(at('/usage'))
  await page.getByRole('heading', { name: 'By episode' }).waitFor()
  const words = await page.getByRole('main').innerText()
  expect(words).toMatch(/Spent this month\s*\$0\.0\d+\s*Plan \$20\.00, \$(19\.\d+|20\.00) left/)
  expect(words).toContain('On a phone')
  expect(await sideways()).toBe(0)
  await page.getByRole('button', { name: 'Previous month' }).tap()
  await page.getByRole('heading', { name: 'Nothing was spent' }).waitFor()
})

it('a limit is set where one orders, and nonsense is said there', async () => {
  await open(desktop, '/new')
  await page.getByRole('textbox', { name: '文字或脚本' }).fill(script(3, '选项'))
  await page.getByRole('button', { name: '全部选项' }).click()
  await page.getByLabel('最多花').fill('-3')
  await page.getByRole('alert').getByText('上限要写成一个金额').waitFor()
  await page.getByLabel('最多花').fill('0.25')
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  await page.getByRole('button', { name: '做成播客' }).filter({ visible: true }).click()
  await page.waitForURL(/\/episodes\//)
  const id = page.url().split('/').at(-1)!
  expect((await person.ready(id)).cost.budgetMicroUsd).toBe(250_000)
})

it('in the console an administrator stops all spending, lets it go on, and sets caps', async () => {
  await arrive(desktop, product.run.console)
  await openConsole(page, product.run)
  await page.getByRole('menuitem', { name: '设置' }).click()
  await page.getByRole('button', { name: '暂停所有花费' }).click()
  await page.getByRole('dialog').getByText('谁都不能再开始新的花费').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '暂停所有花费' }).click()
  await page.getByText('已暂停所有花费', { exact: true }).waitFor()
  const { id } = await person.order({
    kind: 'narration',
    sources: [{ type: 'text', text: '暂停的时候下的单。' }],
    speakers: [{ name: '甲', voiceId: 'openai-nova' }],
  })
  await person.until(id, ({ pause }) => pause?.cap === 'stop')
  await page.getByRole('button', { name: '恢复花费' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '恢复花费' }).click()
  await person.ready(id)
  await page.getByLabel('全站每天上限').fill('12.5')
  await page.getByRole('button', { name: '保存' }).first().click()
  const admin = await Person.admin(product.run)
  await expect
    .poll(async () => (await admin.ok<{ dailyCapMicroUsd: number }>('GET', '/api/admin/settings')).dailyCapMicroUsd)
    .toBe(12_500_000)
  await page.getByRole('region', { name: '按用户' }).getByRole('link', { name: product.run.demo.email }).first().click()
  await page.getByLabel('这个人的每月额度').fill('3')
  await page.getByRole('button', { name: '保存' }).click()
  await expect
    .poll(async () => (await person.ok<{ plan: { limitMicroUsd: number } }>('GET', '/api/usage')).plan.limitMicroUsd)
    .toBe(3_000_000)
})
