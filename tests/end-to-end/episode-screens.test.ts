import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { violationsOf } from '../setup/axe.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import type { Episode } from '../setup/person.ts'
import { chinese } from '../setup/texts.ts'
import { arrive, at, context, currentTime, desktop, forgive, opensBrowser, page, phone, sideways } from '../setup/visit.ts'

let product: Product
let person: Person

const control = (path: string, body: object = {}) =>
  fetch(new URL(`/control/${path}`, product.run.settings['OPENAI_BASE_URL']), { method: 'POST', body: JSON.stringify(body) })

opensBrowser(() => product.run)
beforeAll(async () => {
  product = await launchProduct(19_850, ['--fake'])
  person = await Person.demo(product.run)
})
beforeEach(() => void control('clear'))
afterAll(() => product?.stop())

/** The demo account, at an address of the web app. */
const open = (look: BrowserContextOptions, path: string) => arrive(look, path, { as: person })

const speakers = [
  { name: '甲', voiceId: 'openai-nova' },
  { name: '乙', voiceId: 'openai-onyx' },
]
const texts = (count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => `这是${mark}的第${index + 1}句，今天的天气很好，适合出门走走。`)
const scriptOf = (lines: string[]) => lines.map((line, index) => `${index % 2 ? '乙' : '甲'}：${line}`).join('\n')
const order = async (lines: string[], more: object = {}): Promise<string> => {
  const sources = [{ type: 'script', text: scriptOf(lines) }]
  return (await person.order({ kind: 'podcast', language: 'zh', notice: false, speakers, sources, ...more })).id
}
const ready = async (mark: string, count = 6): Promise<string> => {
  const id = await order(texts(count, mark), { title: mark })
  await person.ready(id)
  return id
}
/** What was pressed reaches the product in its own time: until then the version before it stands there, ready. */
async function versionReady(id: string, number: number): Promise<Episode> {
  await expect.poll(async () => (await person.episode(id)).version, { timeout: 30_000 }).toBe(number)
  return person.ready(id)
}
const lineTexts = async (id: string) => (await person.lines(id)).map(({ text }) => text)
const line = (number: number) => page.locator('main .line').nth(number - 1)
const paused = () => page.evaluate<boolean>(`document.querySelector('audio')?.paused ?? true`)

describe('a line', () => {
  it('is edited with its price, its recordings are kept, and an earlier one comes back for nothing', async () => {
    const id = await ready('改一句')
    const [before] = await lineTexts(id)
    await open(desktop, `/episodes/${id}`)
    await line(1).waitFor()
    // From the keyboard alone: down to the first line, E, new words, Ctrl and Enter.
    await page.locator('body').press('ArrowDown')
    await page.keyboard.press('e')
    const words = page.getByRole('textbox', { name: '甲要说的话' })
    await words.fill('第一句换了一种说法，而且长了一些。')
    await page.getByText('只重做这一句').waitFor()
    expect(await page.getByRole('button', { name: /^保存并重做/ }).innerText()).toMatch(/US\$0\.\d+/)
    // What was typed outlives the page.
    await page.reload()
    await line(1).getByRole('button', { name: '改第 1 句' }).click()
    expect(await words.inputValue()).toBe('第一句换了一种说法，而且长了一些。')
    await page.getByText('只重做这一句').waitFor()
    await words.press('Control+Enter')
    await versionReady(id, 2)
    await line(1).getByText('录过 2 次').waitFor()

    await line(1).getByRole('button', { name: '听录过的几次' }).click()
    const takes = page.getByRole('list', { name: '录过的几次' })
    await takes.getByRole('button', { name: '播放第 1 版录的' }).click()
    await takes.getByRole('button', { name: '停下' }).waitFor()
    const { cost } = await person.episode(id)
    await takes.getByRole('button', { name: '用这一次' }).click()
    const third = await versionReady(id, 3)
    expect(third.cost.spentMicroUsd).toBe(cost.spentMicroUsd)
    expect((await lineTexts(id))[0]).toBe(before)
    await expect.poll(() => line(1).locator('.tx').innerText()).toBe(before)
    expect(await violationsOf(page)).toEqual([])
  })

  it('shows the passage of the source it rests on', async () => {
    const sources = [{ type: 'text', text: chinese }]
    const { id } = await person.order({ kind: 'narration', language: 'zh', notice: false, sources })
    await person.ready(id)
    await open(desktop, `/episodes/${id}`)
    await line(2).locator('.at').focus()
    const box = page.locator('.sourcebox')
    await box.getByRole('heading', { name: /^这一句的来源/ }).waitFor()
    const spoken = (await lineTexts(id))[1]!
    await expect
      .poll(async () => (await box.locator('mark').first().innerText()).replace(/\s/g, ''))
      .toContain(spoken.slice(0, 6))
    await box.getByRole('button', { name: '看这一段的上下文' }).click()
    const dialog = page.getByRole('dialog', { name: '这一句的来源' })
    await expect.poll(() => dialog.innerText()).toContain('银河是怎么从城市里消失的')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('is moved by a hand and by the keyboard, and nothing is paid for the new order', async () => {
    const id = await ready('换顺序', 5)
    const [a, b, c, d, e] = await lineTexts(id)
    const { cost } = await person.episode(id)
    await open(desktop, `/episodes/${id}`)
    await page.getByRole('button', { name: '更多', exact: true }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: '调整顺序' }).click()
    const grip = page.getByRole('button', { name: '移动第 1 句' })
    const [from, to] = [(await grip.boundingBox())!, (await page.getByRole('button', { name: '移动第 3 句' }).boundingBox())!]
    await page.mouse.move(from.x + 10, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(from.x + 10, to.y + 40, { steps: 6 })
    await page.mouse.up()
    await page.getByRole('status').getByText('现在是第 3 句，共 5 句').waitFor({ state: 'attached' })
    // The fifth line to the top: End, Home and arrows all do what they say.
    await page.getByRole('button', { name: '移动第 5 句' }).press('Home')
    await page.getByRole('button', { name: '移动第 1 句' }).press('ArrowDown')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: '保存顺序' }).click()
    const { cost: after } = await versionReady(id, 2)
    expect(after.spentMicroUsd).toBe(cost.spentMicroUsd)
    expect(await lineTexts(id)).toEqual([b, e, c, a, d])
    // In the script itself Alt and an arrow do the same for the line one is at.
    await expect.poll(() => line(1).locator('.tx').innerText()).toBe(b)
    await line(1).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await versionReady(id, 3)
    expect((await lineTexts(id)).slice(0, 2)).toEqual([e, b])
  })
})

describe('versions', () => {
  it('are compared word by word, heard and brought back', async () => {
    const id = await ready('比一比', 4)
    const [first] = await person.lines(id)
    await person.ok('PATCH', `/api/episodes/${id}/lines/${first!.id}`, { text: first!.text.replace('天气很好', '天气不好') })
    await versionReady(id, 2)
    await open(desktop, `/episodes/${id}`)
    await page.getByRole('button', { name: '看改动，第 2 版' }).click()
    const dialog = page.getByRole('dialog', { name: '第 2 版和第 1 版的不同' })
    await dialog.locator('ins').first().waitFor()
    expect(await dialog.locator('li').count()).toBe(1)
    expect(await dialog.locator('.tx').innerText()).toContain('不')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '听第 1 版' }).click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.3)
    await page.locator('.player').getByText('正在听第 1 版').filter({ visible: true }).waitFor()
    // Its moments are not those of the script on the page: no line is marked.
    expect(await page.locator('.line.playing').count()).toBe(0)
    await page.getByRole('button', { name: '恢复到这一版' }).click()
    await versionReady(id, 3)
    expect((await lineTexts(id))[0]).toBe(first!.text)
  })

  it('offer no way back any more once the episode is being deleted', async () => {
    const id = await ready('删掉的一期', 3)
    await open(desktop, `/episodes/${id}`)
    await line(1).getByRole('button', { name: '改第 1 句' }).click()
    await page.getByRole('textbox', { name: '甲要说的话' }).fill('第一句换了说法，然后整期都不要了。')
    await page.getByRole('button', { name: /^保存并重做/ }).click()
    const news = page.getByText('第 2 版做好了', { exact: false })
    await news.waitFor({ timeout: 30_000 })
    // It stays as long as one is at it.
    await page.getByRole('button', { name: '撤销' }).focus()
    let answer = () => {}
    const held = new Promise<void>((resolve) => (answer = resolve))
    await page.route(`**/api/episodes/${id}`, async (route) => {
      if (route.request().method() === 'DELETE') await held
      await route.continue()
    })
    await page.getByRole('button', { name: '更多', exact: true }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: '删除' }).click()
    await page.waitForURL(/\/library$/)
    await news.waitFor({ state: 'detached', timeout: 4000 })
    answer()
    await page.getByText('已删除《删掉的一期》').waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await page.locator(`.work a[href="/episodes/${id}"]`).first().waitFor()
  })
})

describe('the player', () => {
  it('goes to sleep, changes chapter and speed, and is asked for help, all by keys', async () => {
    const id = await ready('按键')
    await open(desktop, `/episodes/${id}`)
    await line(1).waitFor()
    await page.locator('body').press('?')
    const help = page.getByRole('dialog', { name: '键盘快捷键' })
    await help.getByText('把这一句往上、往下移').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })

    await page.locator('body').press('k')
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.3)
    await page.locator('body').press('>')
    await page.getByRole('button', { name: '播放速度，1.25x' }).filter({ visible: true }).waitFor()
    await page.locator('body').press('j')
    expect(await currentTime()).toBeLessThan(1)
    // Down to the fourth line, and Enter plays from it.
    await line(4).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => line(4).getAttribute('class')).toContain('playing')

    await page.getByRole('button', { name: '睡眠定时' }).filter({ visible: true }).click()
    await page.getByRole('menuitemradio', { name: '听完这一期' }).click()
    await page
      .getByRole('button', { name: /^睡眠定时，还有 / })
      .filter({ visible: true })
      .waitFor()
    await expect.poll(paused, { timeout: 60_000 }).toBe(true)

    await page.locator('body').press('/')
    await page.waitForURL(/\/library$/)
    await expect.poll(() => page.evaluate<string>(`document.activeElement?.getAttribute('type') ?? ''`)).toBe('search')
    // In a field a letter is a letter.
    await page.keyboard.press('n')
    expect(page.url()).toMatch(/\/library$/)
    await page.locator('main').click({ position: { x: 5, y: 5 } })
    await page.evaluate(`document.activeElement.blur()`)
    await page.keyboard.press('n')
    await page.waitForURL(/\/new$/)
  })

  it('tells the lock screen what sounds and where it is', async () => {
    const id = await ready('锁屏')
    await open(desktop, `/episodes/${id}`)
    await page.evaluate(`(() => {
      const set = navigator.mediaSession.setPositionState.bind(navigator.mediaSession)
      navigator.mediaSession.setPositionState = (state) => { window.told = state; set(state) }
    })()`)
    await page.locator('.player .playb:enabled').filter({ visible: true }).click()
    await expect.poll(() => page.evaluate<number>(`window.told?.position ?? 0`), { timeout: 20_000 }).toBeGreaterThanOrEqual(1)
    const told = await page.evaluate<{ title: string; artwork: number; state: string; duration: number; ahead: number }>(`({
      title: navigator.mediaSession.metadata.title,
      artwork: navigator.mediaSession.metadata.artwork.length,
      state: navigator.mediaSession.playbackState,
      duration: window.told.duration,
      ahead: window.told.position - document.querySelector('audio').currentTime,
    })`)
    expect(told).toMatchObject({ title: '锁屏', artwork: 1, state: 'playing' })
    expect(told.duration).toBeGreaterThan(10)
    expect(told.ahead).toBeLessThanOrEqual(0)
  })

  it('goes on where one left, after a reload and on another device', async () => {
    const id = await ready('接着听')
    await open(desktop, `/episodes/${id}`)
    await line(3).locator('.at').click()
    await expect.poll(() => line(3).getAttribute('class'), { timeout: 20_000 }).toContain('playing')
    const began = await currentTime()
    await expect.poll(currentTime).toBeGreaterThan(began + 0.8)
    await page.locator('.player .playb').filter({ visible: true }).click()
    await expect.poll(async () => (await person.episode(id)).listening?.positionMs ?? 0).toBeGreaterThan(4_000)
    const { listening } = await person.episode(id)
    // The player is there again on any page, silent, at its place.
    await page.goto(at('/library'))
    await page.locator('.player').getByRole('link', { name: '接着听' }).filter({ visible: true }).waitFor()
    expect(await paused()).toBe(true)
    await context.close()

    await open(phone, `/episodes/${id}`)
    await expect.poll(() => line(3).getAttribute('class')).toContain('playing')
    await page.locator('.player .playb.l').tap()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(listening!.positionMs / 1000)
    expect(await currentTime()).toBeLessThan(listening!.positionMs / 1000 + 6)
  })

  it('plays without a connection what was saved on the device', async () => {
    const id = await ready('离线听')
    await open(desktop, `/episodes/${id}`)
    await page.evaluate(`navigator.serviceWorker.ready.then(() => true)`)
    await page.reload()
    await page.getByRole('button', { name: '存到这台设备' }).click()
    await page.getByText(/^已存在这台设备上/).waitFor()
    await context.setOffline(true)
    await page.goto(at('/library'))
    await page.getByRole('link', { name: '听已下载的' }).click()
    await page.getByRole('heading', { name: '已下载的' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page
      .locator('main')
      .getByRole('link', { name: /离线听/ })
      .click()
    await line(6).waitFor()
    await page.locator('.player .playb:enabled').filter({ visible: true }).click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(1)
    await context.setOffline(false)
    await page.reload()
    await page.getByRole('button', { name: '从这台设备删掉' }).click()
    await page.getByRole('button', { name: '存到这台设备' }).waitFor()
    // Without a connection a browser writes every request that failed into its console.
    forgive(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
  })
})

describe('on a phone', () => {
  it('a tap on the words brings up what one can do, and panels take the place of columns', async () => {
    const id = await ready('On a phone')
    await open(phone, `/episodes/${id}`)
    await line(2).locator('.tx').tap()
    const sheet = page.getByRole('dialog', { name: 'Line 2' })
    await sheet.waitFor()
    expect(await violationsOf(page)).toEqual([])
    await sheet.getByRole('button', { name: /^Play from / }).tap()
    await expect.poll(() => line(2).getAttribute('class'), { timeout: 20_000 }).toContain('playing')

    await page.getByRole('button', { name: 'Receipt' }).tap()
    const receipt = page.getByRole('dialog', { name: 'Receipt' })
    await receipt.getByText('Total').waitFor()
    expect(await violationsOf(page)).toEqual([])
    // "Back" closes the panel and stays on the page.
    await page.goBack()
    await receipt.waitFor({ state: 'detached' })
    expect(page.url()).toContain(id)
    for (const name of ['Voices', 'Source', 'Versions', 'Share and files']) {
      await page.getByRole('navigation', { name: 'About this episode' }).getByRole('button', { name }).tap()
      const panel = page.getByRole('dialog', { name })
      await panel.waitFor()
      expect(await violationsOf(page), name).toEqual([])
      await panel.getByRole('button', { name: 'Close' }).tap()
      await panel.waitFor({ state: 'detached' })
    }
    expect(await sideways()).toBe(0)

    await line(6).locator('.tx').tap()
    await page.getByRole('dialog', { name: 'Line 6' }).getByRole('button', { name: 'Skip' }).tap()
    await versionReady(id, 2)
    expect((await person.lines(id))[5]!.status).toBe('skipped')
  })

  it('everything one presses is 44 px to the finger', async () => {
    const id = await ready('Fingers')
    await open(phone, `/episodes/${id}`)
    await line(1).waitFor()
    const small = await page.evaluate<string[]>(`(() => {
      const reach = (element) => {
        const box = element.getBoundingClientRect()
        const after = getComputedStyle(element, '::after')
        if (after.content === 'none' || after.position !== 'absolute') return { width: box.width, height: box.height }
        const px = (value) => Number.parseFloat(value) || 0
        return { width: box.width - px(after.left) - px(after.right), height: box.height - px(after.top) - px(after.bottom) }
      }
      return [...document.querySelectorAll('button, a[href], [role="slider"]')]
        .filter((element) => element.checkVisibility() && getComputedStyle(element).clipPath === 'none' && !element.classList.contains('skip'))
        .map((element) => ({ element, ...reach(element) }))
        .filter(({ height }) => height > 0 && height < 43.5 && height !== 40)
        .map(({ element, width, height }) => element.outerHTML.slice(0, 90) + ' ' + width + 'x' + height)
    })()`)
    expect(small).toEqual([])
  })
})

describe('axe-core finds nothing', () => {
  const looks: [string, BrowserContextOptions][] = [
    ['desktop, light', desktop],
    ['phone, dark', { ...phone, colorScheme: 'dark' }],
  ]

  it.each(looks)('in every state of an episode: %s', async (_name, look) => {
    // Words that were not voiced before: those would cost nothing, reach no limit and never fail.
    const where = look.isMobile ? '手机上' : '桌面上'
    await control('clear')
    const waits = (status: string) => (one: Episode) => one.status === status
    const review = await order(texts(4, '等看'), { title: '等看', review: true })
    await person.until(review, waits('review'))
    const budget = await order(texts(6, `${where}的上限`), { title: '上限', budgetMicroUsd: 1_300 })
    await person.until(budget, waits('paused_budget'))
    await control('next', { route: 'openai-speech', text: `${where}坏掉的的第3句`, times: 'all', fault: 'silent' })
    const repair = await order(texts(4, `${where}坏掉的`), { title: '坏掉的' })
    await person.until(repair, waits('needs_repair'))
    await control('next', { route: 'openai-speech', text: `${where}慢慢`, times: 'all', latencyMs: 20_000 })
    const voicing = await order(texts(4, `${where}慢慢`), { title: '慢慢' })
    await person.until(voicing, waits('voicing'))

    await open(look, `/episodes/${voicing}`)
    await page.locator('.line.voicing, .line.waiting').first().waitFor()
    expect(await violationsOf(page), 'voicing').toEqual([])
    for (const [id, name] of [
      [review, 'review'],
      [budget, 'budget'],
      [repair, 'repair'],
    ] as const) {
      await page.goto(at(`/episodes/${id}`))
      await page.locator('.panel').waitFor()
      await page.waitForTimeout(500)
      expect(await violationsOf(page), name).toEqual([])
    }
    await person.ok('POST', `/api/episodes/${voicing}/cancel`)
    await person.until(voicing, waits('cancelled'))
    await page.goto(at(`/episodes/${voicing}`))
    await page.locator('.panel.final').waitFor()
    expect(await violationsOf(page), 'cancelled').toEqual([])
    await page.goto(at(`/episodes/${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}`))
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await violationsOf(page), 'not found').toEqual([])
    forgive(/status of 404/)
  })

  it.each(looks)('on the share page and its player for other pages, which play by keys and by hand: %s', async (_name, look) => {
    const id = await ready('分享出去')
    const share = await person.ok<{ url: string; embedUrl: string }>('POST', `/api/episodes/${id}/share`)
    await arrive(look, share.url)
    expect(await violationsOf(page)).toEqual([])
    expect(await sideways()).toBe(0)
    await page.getByRole('button', { name: '播放' }).filter({ visible: true }).first().click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
    await page.locator('.line.on .now').waitFor()
    expect(await violationsOf(page), 'playing').toEqual([])
    await page.locator('.line').nth(3).locator('.tx').click()
    await expect.poll(() => page.locator('.line').nth(3).getAttribute('class')).toContain('on')
    await page.getByRole('slider').press('Home')
    await expect.poll(currentTime).toBeLessThan(1.5)
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('k')
    await expect.poll(paused).toBe(true)
    await page.getByRole('button', { name: '播放速度，1x' }).click()
    await page.getByRole('button', { name: '播放速度，1.25x' }).waitFor()
    await page.goto(share.embedUrl)
    await page.getByRole('button', { name: '播放' }).click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
    expect(await violationsOf(page), 'embed').toEqual([])
    expect(await sideways()).toBe(0)
  })
})
