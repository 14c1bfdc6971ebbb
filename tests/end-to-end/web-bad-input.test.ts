import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { expect, it } from 'vitest'
import { violationsOf } from '../setup/axe.ts'
import { Person, readRun } from '../setup/person.ts'
import { png } from '../setup/picture.ts'
import { chinese } from '../setup/texts.ts'
import { arrive, at, context, currentTime, desktop, forgive, opensBrowser, page, phone, shown, sideways } from '../setup/visit.ts'

// What hands, machines and networks do that nobody meant. A double click is in web.test.ts.

const run = readRun()
const chinesePhone = { ...phone, locale: 'zh-CN' }
let person: Person

opensBrowser(() => run)

/** Somebody new, signed in, at an address; `before` runs in every page before the app does. */
async function arriveNew(look: BrowserContextOptions, path: string, before?: string): Promise<void> {
  person = await Person.signUp(run)
  await arrive(look, path, { as: person, ...(before && { before }) })
}

const box = () => page.getByRole('textbox', { name: '文字或脚本' })
const episodes = async () => (await person.ok<{ items: { id: string; title: string }[] }>('GET', '/api/episodes')).items
async function writes(text: string) {
  await box().fill(text)
  await page.getByRole('radio', { name: '逐字朗读' }).click()
  await page.getByText('准确').filter({ visible: true }).first().waitFor()
}
async function narration(title: string, text = chinese): Promise<string> {
  const { id } = await person.order({
    kind: 'narration',
    title,
    language: 'zh',
    notice: false,
    sources: [{ type: 'text', text }],
  })
  await person.ready(id)
  return id
}

/** Lets files and folders fall onto the page, as a hand does that has dragged them here. */
async function drop(paths: string[], x: number, y: number): Promise<void> {
  const session = await context.newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data })
}
async function overBox(): Promise<[number, number]> {
  const { x, y } = (await box().boundingBox())!
  return [x + 40, y + 40]
}

/** A folder with these files; it is gone after `use`. */
async function withFiles(files: Record<string, string | Uint8Array>, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dropped-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

it('a text of 2 MB that is pasted stays whole, and is said to be too long', async () => {
  await arriveNew(desktop, '/new')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await box().focus()
  await page.evaluate(`navigator.clipboard.writeText('星'.repeat(2_000_000))`)
  await page.keyboard.press('Control+V')
  await page.getByText('一次最多 300,000 字，现在有 2,000,000 字').waitFor()
  expect((await box().inputValue()).length).toBe(2_000_000)
  await shown('做成播客').click()
  expect(await episodes()).toEqual([])
})

it('of fifty files dropped at once twenty are taken, and the others are said not to be', async () => {
  const notes = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`${index}.html`, `<p>第 ${index} 份。${chinese}</p>`]),
  )
  await withFiles(notes, async (folder) => {
    await arriveNew(desktop, '/new')
    await drop(
      Object.keys(notes).map((name) => join(folder, name)),
      ...(await overBox()),
    )
    await page.getByText('一次最多 20 份。多出来的 30 份没有收，也没有上传。').waitFor()
    await expect.poll(() => page.locator('.sources li').count(), { timeout: 60_000 }).toBe(20)
  })
})

it('a folder dropped on the box gives its files, those within folders too, and none of the hidden', async () => {
  const files = {
    '一.html': `<p>第一份。${chinese}</p>`,
    '里面/二.html': `<p>第二份。${chinese}</p>`,
    '.DS_Store': 'hidden',
  }
  await withFiles(files, async (folder) => {
    await arriveNew(desktop, '/new')
    await drop([folder], ...(await overBox()))
    await expect.poll(() => page.locator('.sources li').count(), { timeout: 30_000 }).toBe(2)
    await page.locator('.sources li').filter({ hasText: '中文' }).nth(1).waitFor({ timeout: 30_000 })
  })
})

it.each([
  [
    'Chinese, desktop',
    desktop,
    {
      unknown: '这种文件读不了',
      empty: '这是一个空文件',
      takeOut: '有 3 个来源读不出来。去掉它们，或把正文粘贴进来。',
      remove: '去掉',
    },
  ],
  [
    'English, phone',
    phone,
    {
      unknown: 'Files of this kind',
      empty: 'The file is empty',
      takeOut: '3 sources can’t be read. Take them out, or paste their text.',
      remove: 'Remove ',
    },
  ],
])(
  'a file of the wrong kind, whatever it calls itself, is named with its reason and taken out: %s',
  async (_name, look, words) => {
    const files = {
      'holiday.png': png(8),
      'report.pdf': Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(4096)]),
      // It says that it is text, and is none.
      'song.txt': Buffer.concat([Buffer.from('ID3\x04'), Buffer.alloc(4096)]),
      'nothing.txt': '',
    }
    await withFiles(files, async (folder) => {
      await arriveNew(look, '/new')
      const row = (name: string) => page.locator('.sources li').filter({ hasText: name })
      // Chosen, and dropped beside the box: nobody leaves the page for a file.
      await page.locator('input[type=file]').setInputFiles([join(folder, 'holiday.png'), join(folder, 'report.pdf')])
      await drop([join(folder, 'song.txt')], 40, 300)
      await drop([join(folder, 'nothing.txt')], 40, 300)
      for (const name of ['holiday.png', 'report.pdf', 'song.txt'])
        await row(name).getByText(words.unknown).waitFor({ timeout: 30_000 })
      await row('nothing.txt').getByText(words.empty).waitFor()
      await page.getByRole('alert').getByText(words.takeOut).waitFor()
      expect(await page.locator('.make textarea').inputValue()).toBe('')
      expect(await sideways()).toBe(0)
      expect(await violationsOf(page)).toEqual([])
      for (const name of Object.keys(files)) await page.getByRole('button', { name: `${words.remove}${name}` }).click()
      await expect.poll(() => page.locator('.sources li').count()).toBe(0)
      expect(await page.getByRole('alert').count()).toBe(0)
      expect(await episodes()).toEqual([])
    })
  },
)

it('a text in an older Chinese encoding is read as what it says', async () => {
  // GBK, as many Windows programs save.
  const gbk = Buffer.from('d2f8bad3d4dab3c7cad0b5c4b5c6b9e2c0efc2fdc2fdcffbcaa7c1cba1a3', 'hex')
  await withFiles({ '老文件.txt': Buffer.concat(Array.from({ length: 20 }, () => gbk)) }, async (folder) => {
    await arriveNew(desktop, '/new')
    await drop([join(folder, '老文件.txt')], ...(await overBox()))
    await page.locator('.sources li').getByText('银河在城市的灯光里慢慢消失了').waitFor({ timeout: 30_000 })
  })
})

it('a stranger who drops a file is told that it comes after signing in, and stays', async () => {
  await withFiles({ 'report.pdf': '%PDF-1.7' }, async (folder) => {
    await arrive(desktop, '/')
    await page.getByRole('textbox', { name: '想听什么' }).fill('写到一半')
    await drop([join(folder, 'report.pdf')], 20, 400)
    await page.getByRole('alert').getByText('文件登录后再放，这里没有收。').waitFor()
    expect(await page.getByRole('textbox', { name: '想听什么' }).inputValue()).toBe('写到一半')
  })
})

it('a cover of the wrong kind changes nothing; one that does not come is its title’s first letter', async () => {
  await arriveNew(desktop, '/shows')
  const { id } = await person.ok<{ id: string }>('POST', '/api/shows', { title: '夜空', language: 'zh' })
  await page.goto(at(`/shows/${id}`))
  const cover = page.locator('.coverfield input')
  const files = [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
    { name: 'small.png', mimeType: 'image/png', buffer: Buffer.from(png(100)) },
    { name: 'claims.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
  ]
  for (const file of files) {
    const [answer] = await Promise.all([page.waitForResponse(/\/cover$/), cover.setInputFiles(file)])
    expect(answer.status(), file.name).toBeGreaterThanOrEqual(415)
    await page.getByText('这张图不能用，没有换。').waitFor()
  }
  expect((await person.ok<{ coverUrl: string | null }>('GET', `/api/shows/${id}`)).coverUrl).toBeNull()
  await cover.setInputFiles({ name: 'sky.png', mimeType: 'image/png', buffer: Buffer.from(png(1400)) })
  await page.getByRole('img', { name: '封面' }).waitFor()
  await page.route('**/cover?*', (route) => route.abort())
  await page.route('**/cover', (route) => route.abort())
  await page.goto(at(`/shows/${id}`))
  const fallback = page.getByRole('img', { name: '封面' })
  await expect.poll(() => fallback.textContent()).toBe('夜')
  expect(await violationsOf(page)).toEqual([])
  forgive(/status of 4(15|22)|ERR_FAILED/)
})

it('Enter held down with Ctrl, and a button hammered, make one episode', async () => {
  await arriveNew(desktop, '/new')
  await writes(chinese)
  await box().focus()
  await page.keyboard.down('Control')
  // Without a keyup between them these are what a key that is held sends.
  for (let count = 0; count < 12; count += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await page.keyboard.up('Control')
  await page.waitForURL(/\/episodes\//)
  await page.locator('.line').first().waitFor()
  expect(await episodes()).toHaveLength(1)

  await page.goto(at('/new'))
  await writes(`${chinese} 再来一次。`)
  await page.evaluate(
    `[...document.querySelectorAll('.btn.go')].forEach((one) => { for (let i = 0; i < 9; i += 1) one.click() })`,
  )
  await page.waitForURL(/\/episodes\//)
  await page.locator('.line').first().waitFor()
  expect(await episodes()).toHaveLength(2)
})

it('"back" in the middle of everything loses nothing that was typed', async () => {
  await arriveNew(chinesePhone, '/library')
  const id = await narration('来回走')
  await page.getByRole('link', { name: '新建' }).filter({ visible: true }).first().tap()
  await box().fill('写到一半，手滑了')
  // "Back" closes what lies above the page first.
  await shown(/^.+的声音，/).tap()
  await page.getByRole('dialog').waitFor()
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(page.url()).toBe(at('/new'))
  await page.goBack()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goForward()
  expect(await box().inputValue()).toBe('写到一半，手滑了')

  await page.goto(at(`/episodes/${id}`))
  await page.locator('main .line .tx').first().tap()
  await page.getByRole('dialog', { name: '第 1 句' }).getByRole('button', { name: '改这一句' }).tap()
  const words = page.locator('main .line').first().getByRole('textbox').first()
  await words.fill('改到一半的一句。')
  await page.getByRole('link', { name: '返回作品库' }).tap()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goBack()
  await page.locator('main .line .tx').first().tap()
  await page.getByRole('dialog', { name: '第 1 句' }).getByRole('button', { name: '改这一句' }).tap()
  expect(await words.inputValue()).toBe('改到一半的一句。')
  expect((await person.episode(id)).version).toBe(1)
})

it.each([
  ['ahead', 1],
  ['behind', -1],
])('a clock that is a day %s changes nothing', async (_name, days) => {
  const wrong = `(() => {
    const Right = Date
    const off = ${days * 86_400_000}
    globalThis.Date = class extends Right {
      constructor(...given) { given.length > 0 ? super(...given) : super(Right.now() + off) }
      static now() { return Right.now() + off }
    }
  })()`
  await arriveNew(desktop, '/new', wrong)
  await writes(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  await page.locator('.player .playb:enabled').filter({ visible: true }).click({ timeout: 60_000 })
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
  for (const path of ['/library', '/usage', '/settings']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await page.locator('main').innerText(), path).not.toMatch(/NaN|Invalid|undefined/)
  }
})

it.each([
  ['full', `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`],
  [
    'forbidden',
    `for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
       Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError') } })`,
  ],
])('storage that is %s is done without', async (_name, before) => {
  await arriveNew(desktop, '/new', before)
  await writes(chinese)
  await page.getByRole('link', { name: '作品库' }).first().click()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goBack()
  // For as long as the page lasts.
  expect(await box().inputValue()).toBe(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  await page.locator('.player .playb:enabled').filter({ visible: true }).click({ timeout: 60_000 })
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
})

it('a title of 500 characters stays in its place, and what does not fit is not taken', async () => {
  await arriveNew(chinesePhone, '/library')
  const id = await narration('很短')
  await page.goto(at(`/episodes/${id}`))
  await shown('改标题').tap()
  const field = page.getByRole('textbox', { name: '标题' })
  await field.fill('')
  await page.keyboard.insertText('银河在城市的灯光里慢慢消失了'.repeat(36).slice(0, 500))
  expect((await field.inputValue()).length).toBeLessThanOrEqual(200)
  await shown('保存').tap()
  await page.locator('h1').filter({ hasText: '银河在城市的灯光里' }).waitFor()
  expect((await person.episode(id)).title).toHaveLength(200)
  for (const path of [`/episodes/${id}`, '/library', '/usage']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await sideways(), path).toBe(0)
    expect(await violationsOf(page), path).toEqual([])
  }
  const refused = await person.ask('PATCH', `/api/episodes/${id}`, { title: '银'.repeat(500) })
  expect(refused.status).toBe(400)
})

it('words from right to left, with marks upon marks, are shown and kept as they were written, in the one form of all text', async () => {
  const arabic = 'مرحبا بالعالم، هذه ليلة هادئة.'
  const marks = `Z${'\u0300\u0323\u035c'.repeat(12)}a${'\u0301'.repeat(30)}lgo`
  const title = `${arabic} ${marks} \u202e倒过来\u202c`
  await arriveNew(chinesePhone, '/library')
  // As far as the review: which voice can say it is another question.
  const script = { type: 'script', text: `甲：${marks} 今晚。\n乙：${arabic} 你好。` }
  const speakers = [{ name: '甲' }, { name: '乙' }]
  const { id } = await person.order({ kind: 'podcast', title, review: true, notice: false, speakers, sources: [script] })
  await person.until(id, ({ status }) => status === 'review')
  for (const path of [`/episodes/${id}`, '/library', '/usage']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await sideways(), path).toBe(0)
    expect(await violationsOf(page), path).toEqual([])
  }
  await page.goto(at('/library'))
  await page.locator('.work .n').first().waitFor()
  // All text has one form: composed, and without the invisible marks that turn what follows.
  expect(await page.locator('.work .n').first().textContent()).toBe(title.replace(/[\u202c\u202e]/g, '').normalize('NFC'))
  expect((await person.lines(id)).map(({ text }) => text).join()).toContain(arabic)
})

it('an answer that never comes is said; the order was taken once, however often it is pressed', async () => {
  await arriveNew(desktop, '/new')
  await writes(chinese)
  let lost = 0
  await page.route(
    (url) => url.pathname === '/api/episodes',
    async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost += 1
      // The server hears it; its answer is lost on the way.
      await route.fetch()
    },
  )
  await shown('开始朗读').click()
  await expect.poll(episodes, { timeout: 20_000 }).toHaveLength(1)
  await page.getByRole('alert').getByText('没有连上服务器。写的都在，等网络好了再按一次。').waitFor({ timeout: 45_000 })
  expect(await box().inputValue()).toBe(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  const [only, ...others] = await episodes()
  expect(others).toEqual([])
  expect(page.url()).toContain(only!.id)
})

it('a list whose answer never comes says so, tries again by itself, and comes', async () => {
  await arriveNew(desktop, '/voices')
  let stuck = 0
  await page.route('**/api/shows?*', (route) => {
    stuck += 1
    return stuck > 3 ? route.continue() : undefined
  })
  await page.getByRole('link', { name: '节目' }).filter({ visible: true }).first().click()
  await page.getByText('服务器没有回应。').waitFor({ timeout: 120_000 })
  await page.getByRole('heading', { name: '还没有节目' }).waitFor({ timeout: 30_000 })
})
