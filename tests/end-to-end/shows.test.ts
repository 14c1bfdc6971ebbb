import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Episode, Problem } from '../setup/person.ts'
import { bucketOf, faults, rows } from '../setup/store.ts'
import { all, one, readXml } from '../setup/xml.ts'

type Show = components['schemas']['Show']
type Feed = components['schemas']['Feed']
type FeedCheck = components['schemas']['FeedCheck']
type Share = components['schemas']['Share']

const itunes = (name: string) => `{http://www.itunes.com/dtds/podcast-1.0.dtd}${name}`
const podcast = (name: string) => `{https://podcastindex.org/namespace/1.0}${name}`

const run = readRun()
let person: Person
let stranger: Person
let episode: Episode
let show: Show

/** A picture of one colour, made by nobody of ours. */
function png(width: number, height = width): Uint8Array {
  const { stdout } = spawnSync('python3', [
    '-c',
    `import sys,zlib,struct
w,h=${width},${height}
c=lambda t,d:struct.pack('>I',len(d))+t+d+struct.pack('>I',zlib.crc32(t+d))
sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n'+c(b'IHDR',struct.pack('>IIBBBBB',w,h,8,2,0,0,0))+c(b'IDAT',zlib.compress((b'\\0'+b'\\x20\\x60\\xa0'*w)*h))+c(b'IEND',b''))`,
  ])
  return stdout
}

const open = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init })
const cover = (bytes: Uint8Array, type = 'image/png') =>
  person.ask('PUT', `/api/shows/${show.id}/cover`, bytes, { 'content-type': type })
const place = (id: string, published: boolean, who = person) =>
  who.ask('PUT', `/api/shows/${show.id}/episodes/${id}`, { published })
const feed = (kind: Feed['kind'], label = '') => person.ok<Feed>('POST', `/api/shows/${show.id}/feeds`, { kind, label })
const narration = (text: string, more: object = {}) =>
  person.order({ kind: 'narration', notice: false, sources: [{ type: 'text', text }], ...more })

beforeAll(async () => {
  person = await Person.signUp(run)
  stranger = await Person.signUp(run)
  show = await person.ok<Show>('POST', '/api/shows', { title: '茶与 <Tea> & 杯', language: 'zh' })
  const { id } = await narration('今天我们聊聊茶。茶有很多种，绿茶、红茶，还有乌龙。', { title: '第一期 <茶>', showId: show.id })
  episode = await person.ready(id)
})

describe('a show', () => {
  it('is its owner’s, and an episode belongs to one at most', async () => {
    expect(episode.show).toEqual({ id: show.id, number: null, publishedAt: null })
    expect((await stranger.ask('GET', `/api/shows/${show.id}`)).status).toBe(404)
    expect((await place(episode.id, true, stranger)).status).toBe(404)
    expect((await stranger.ok<{ items: Show[] }>('GET', '/api/shows')).items).toEqual([])
    const other = await person.ok<Show>('POST', '/api/shows', { title: 'Another', language: 'en' })
    const refused = await person.ask('PUT', `/api/shows/${other.id}/episodes/${episode.id}`, { published: false })
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([409, 'wrong-state'])
    expect((await person.ok<{ items: Show[] }>('GET', '/api/shows?limit=1')).items.map(({ id }) => id)).toEqual([other.id])
    await person.ok('DELETE', `/api/shows/${other.id}`)
  })

  it('lends its language and voices to an order that names none', async () => {
    const voices = [{ name: '小林', voiceId: 'local-zh-b' }]
    const { items } = await person.ok<{ items: { id: string; languages: string[]; available: boolean }[] }>('GET', '/api/voices')
    const voice = items.findLast(({ available, languages }) => available && languages.includes('zh'))!
    voices[0]!.voiceId = voice.id
    await person.ok('PATCH', `/api/shows/${show.id}`, { defaultVoices: voices })
    const { id } = await narration('Tea.', { showId: show.id })
    const made = await person.episode(id)
    expect([made.language, made.speakers]).toEqual(['zh', voices])
    expect(
      (
        await stranger.ask('POST', '/api/episodes', {
          kind: 'narration',
          showId: show.id,
          sources: [{ type: 'text', text: '茶' }],
        })
      ).status,
    ).toBe(404)
    await person.ready(id)
    await person.ok('DELETE', `/api/shows/${show.id}/episodes/${id}`)
  })

  it('takes a cover that directories take, and no other', async () => {
    const refused: [bytes: Uint8Array, says: string][] = [
      [png(1200), 'is 1200 pixels wide'],
      [png(1500, 1400), 'has to be square'],
      [Buffer.from('not a picture'), 'no picture'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="1500"/>'), 'neither a PNG nor a JPEG'],
      [png(1400).slice(0, 20), 'no picture'],
      [png(1400).slice(0, 3000), 'cut off'],
    ]
    for (const [bytes, says] of refused) {
      const response = await cover(bytes)
      const problem = (await response.json()) as Problem
      expect([response.status, problem.code]).toEqual([422, 'cover-unusable'])
      expect(problem.detail).toContain(says)
    }
    expect((await cover(png(1400), 'text/html')).status).toBe(415)
    expect((await cover(new Uint8Array(3_000_000))).status).toBe(413)
    const good = png(1400)
    const changed = (await (await cover(good)).json()) as Show
    const stored = await person.ask('GET', changed.coverUrl!)
    expect(Buffer.from(await stored.arrayBuffer()).equals(good)).toBe(true)
    expect(await faults(run)).toEqual([])
  })
})

describe('a feed', () => {
  it('is refused by name until no directory would refuse it', async () => {
    const response = await person.ask('POST', `/api/shows/${show.id}/feeds`, { kind: 'public' })
    const problem = (await response.json()) as Problem
    expect([response.status, problem.code]).toEqual([422, 'feed-refused'])
    expect(problem.errors!.map(({ path }) => path).toSorted()).toEqual([
      'author-missing',
      'category-missing',
      'description-missing',
      'nothing-published',
    ])
    await person.ok('PATCH', `/api/shows/${show.id}`, {
      description: '一杯茶的时间。',
      author: '林 & 周',
      category: 'Arts',
      subcategory: 'Food',
    })
    expect((await place(episode.id, true)).status).toBe(204)
    // A laptop's address is said, and no more.
    expect(await person.ok<FeedCheck>('GET', `/api/shows/${show.id}/check`)).toEqual({
      ready: true,
      findings: [expect.objectContaining({ code: 'address-not-https', severity: 'advice' })],
    })
  })

  it('says everything that podcast apps ask for, with lengths in bytes of what they get', async () => {
    const { url } = await feed('public')
    const response = await open(url)
    expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
    const channel = one(readXml(await response.text()), 'channel')
    const text = (tag: string) => one(channel, tag).text
    expect([text('title'), text('language'), text(itunes('author')), text(itunes('explicit'))]).toEqual([
      '茶与 <Tea> & 杯',
      'zh-cn',
      '林 & 周',
      'false',
    ])
    expect(text(podcast('guid'))).toBe(show.podcastGuid)
    expect(all(channel, itunes('block'))).toEqual([])
    expect(one(channel, itunes('category'))).toMatchObject({
      attributes: { text: 'Arts' },
      children: [{ tag: itunes('category'), attributes: { text: 'Food' } }],
    })
    const picture = await open(one(channel, itunes('image')).attributes['href']!)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])

    const item = one(channel, 'item')
    expect(one(item, 'title').text).toBe('第一期 <茶>')
    expect(one(item, 'guid')).toMatchObject({ text: episode.id, attributes: { isPermaLink: 'false' } })
    expect(one(item, itunes('episode')).text).toBe('1')
    expect(one(item, podcast('person')).text).toBe(episode.speakers[0]!.name)
    expect(Date.parse(one(item, 'pubDate').text)).toBeGreaterThan(Date.now() - 600_000)
    const enclosure = one(item, 'enclosure').attributes
    expect(enclosure['type']).toBe('audio/mpeg')
    const head = await open(enclosure['url']!, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
      200,
      enclosure['length'],
      'bytes',
    ])
    const sound = await (await fetch(enclosure['url']!)).arrayBuffer()
    expect(String(sound.byteLength)).toBe(enclosure['length'])
    const part = await fetch(enclosure['url']!, { headers: { range: 'bytes=0-99' } })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100])
    for (const { attributes } of [...all(item, podcast('transcript')), one(item, podcast('chapters'))]) {
      const file = await open(attributes['url']!)
      expect(file.headers.get('content-type')!.split(';')[0]).toBe(attributes['type'])
      expect(file.headers.get('access-control-allow-origin')).toBe('*')
      expect((await file.text()).length).toBeGreaterThan(10)
    }
    expect((await feed('public')).url).toBe(url)
  })

  it('is not sent again to whoever has it, and its guids stay when an episode is renamed', async () => {
    const { url } = await feed('public')
    const first = await open(url)
    const xml = await first.text()
    const etag = first.headers.get('etag')!
    const conditional = (headers: Record<string, string>) => open(url, { headers })
    expect((await conditional({ 'if-none-match': etag })).status).toBe(304)
    expect((await conditional({ 'if-modified-since': first.headers.get('last-modified')! })).status).toBe(304)
    expect(await (await open(url)).text()).toBe(xml)
    await person.ok('PATCH', `/api/episodes/${episode.id}`, { title: '第一期 再说茶', notes: '配料：<水> & 茶叶' })
    const changed = await conditional({ 'if-none-match': etag })
    expect(changed.status).toBe(200)
    const item = one(one(readXml(await changed.text()), 'channel'), 'item')
    expect([one(item, 'guid').text, one(item, 'title').text, one(item, 'description').text]).toEqual([
      episode.id,
      '第一期 再说茶',
      '配料：<水> & 茶叶',
    ])
  })

  it('is private by its token, and gone with everything in it on the request after it was revoked', async () => {
    const mine = await feed('private', '我的手机')
    const other = await feed('private')
    const channel = one(readXml(await (await open(mine.url)).text()), 'channel')
    expect([one(channel, itunes('block')).text, one(channel, podcast('block')).text]).toEqual(['Yes', 'yes'])
    const item = one(channel, 'item')
    const files = [
      mine.url,
      one(channel, itunes('image')).attributes['href']!,
      one(item, 'enclosure').attributes['url']!,
      all(item, podcast('transcript'))[0]!.attributes['url']!,
    ]
    for (const url of files) expect((await open(url)).status).toBeLessThan(400)
    expect((await stranger.ask('DELETE', `/api/shows/${show.id}/feeds/${mine.id}`)).status).toBe(404)
    await person.ok('DELETE', `/api/shows/${show.id}/feeds/${mine.id}`)
    for (const url of files) expect((await open(url)).status, url).toBe(404)
    expect((await open(other.url)).status).toBe(200)
    for (const url of [mine.url.replace(/.\.xml$/, '.xml'), `${run.api}/feeds/${'a'.repeat(32)}.xml`, `${run.api}/feeds/x.xml`])
      expect((await open(url)).status).toBeGreaterThanOrEqual(400)
  })

  it('lets go of an episode that is taken out or deleted', async () => {
    const { url } = await feed('private')
    const count = async () => all(one(readXml(await (await open(url)).text()), 'channel'), 'item').length
    await place(episode.id, false)
    expect(await count()).toBe(0)
    await place(episode.id, true)
    expect(await count()).toBe(1)
    await person.ok('DELETE', `/api/episodes/${episode.id}`)
    expect(await count()).toBe(0)
    await person.ok('POST', `/api/episodes/${episode.id}/undelete`)
    expect(await count()).toBe(1)
  })
})

describe('a share page', () => {
  let share: Share
  const header = (response: Response, name: string) => response.headers.get(name) ?? ''

  it('needs no sign-in, says what it is to other pages, and nobody may frame it', async () => {
    share = await person.ok<Share>('POST', `/api/episodes/${episode.id}/share`)
    expect(await person.ok('POST', `/api/episodes/${episode.id}/share`)).toEqual(share)
    expect((await stranger.ask('POST', `/api/episodes/${episode.id}/share`)).status).toBe(404)
    const page = await open(share.url)
    const text = await page.text()
    expect(page.status).toBe(200)
    expect(header(page, 'content-security-policy')).toContain("frame-ancestors 'none'")
    expect(header(page, 'content-security-policy')).not.toMatch(/unsafe|\*/)
    expect(header(page, 'x-frame-options')).not.toBe('')
    for (const property of ['og:title', 'og:description', 'og:image', 'og:url', 'og:audio', 'og:audio:type'])
      expect(text).toContain(`<meta property="${property}" content="`)
    expect(text).toContain('配料：&lt;水&gt; &amp; 茶叶')
    expect((await open(share.url, { headers: { 'if-none-match': header(page, 'etag') } })).status).toBe(304)
    const started = performance.now()
    for (let time = 0; time < 20; time++) await (await open(share.url)).text()
    expect((performance.now() - started) / 20).toBeLessThan(250)
  })

  it('is found by oEmbed, whose frame any page may show', async () => {
    const asked = `${run.api}/oembed?format=json&maxwidth=300&url=${encodeURIComponent(share.url)}`
    const told = (await (await open(asked)).json()) as { html: string; width: number; type: string; title: string }
    expect(told).toMatchObject({ version: '1.0', type: 'rich', title: '第一期 再说茶', width: 300, height: 180 })
    expect(told.html).toContain(`src="${share.embedUrl}"`)
    expect((await open(`${run.api}/oembed?url=${encodeURIComponent(`${run.api}/library`)}`)).status).toBe(404)
    const embed = await open(share.embedUrl)
    expect(header(embed, 'content-security-policy')).toContain('frame-ancestors *')
    expect(header(embed, 'content-security-policy')).not.toMatch(/unsafe/)
    expect(header(embed, 'x-frame-options')).toBe('')
  })

  it('plays in a browser from the second in its address, and in a frame of another page', async () => {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      const complaints = complaintsOf(page)
      await page.goto(`${share.url}?t=2`)
      await page.waitForFunction(`Math.abs(document.querySelector('audio').currentTime - 2) < 0.2`)
      await page.locator('[data-line]').last().click()
      await page.waitForFunction(`document.querySelector('.on') && !document.querySelector('audio').paused`)
      // Another page, of another origin.
      const other = createServer((_req, res) =>
        res
          .setHeader('content-type', 'text/html')
          .end(
            `<link rel="icon" href="data:,"><iframe src="${share.embedUrl}" width="560" height="180"></iframe><iframe src="${share.url}"></iframe>`,
          ),
      )
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
      other.close()
      await page.frameLocator('iframe').first().getByRole('button', { name: '播放' }).waitFor()
      const player = page.frames().find((frame) => frame.url() === share.embedUrl)!
      await player.waitForSelector('audio', { state: 'attached' })
      await player.evaluate(`document.querySelector('audio').load()`)
      await player.waitForFunction(`document.querySelector('audio').networkState !== 3`)
      await page.waitForTimeout(300)
      expect(complaints.filter((words) => !words.includes('frame-ancestors') && !words.includes('Framing'))).toEqual([])
      expect(page.frames().some((frame) => frame.url() === share.url)).toBe(false)
    } finally {
      await browser.close()
    }
  })

  it('is shown to search engines from the moment its owner says so, and hidden as soon as they say otherwise', async () => {
    const at = `/api/episodes/${episode.id}/share`
    const hidden = '<meta name="robots" content="noindex">'
    expect(share.findable).toBe(false)
    expect(await (await open(share.url)).text()).toContain(hidden)
    expect((await stranger.ask('POST', at, { findable: true })).status).toBe(404)
    expect(await person.ok('POST', at, { findable: true })).toEqual({ ...share, findable: true })
    // Shared once more without a word about it: it stays.
    expect(await person.ok('POST', at)).toEqual({ ...share, findable: true })
    const shown = await (await open(share.url)).text()
    expect(shown).not.toContain('noindex')
    expect(shown).toContain(`<link rel="canonical" href="${share.url}">`)
    expect(shown).toMatch(/<meta name="description" content="[^"]+">/)
    expect(await (await open(share.embedUrl)).text()).toContain(hidden)
    expect(await person.ok('POST', at, { findable: false })).toEqual(share)
    expect(await (await open(share.url)).text()).toContain(hidden)
    await person.ok('POST', at, { findable: true })
  })

  it('is gone with all its files once it is shared no longer; shared again it has another address', async () => {
    const files = ['', '/audio.mp3', '/transcript.vtt', '/chapters.json', '/cover.png'].map((file) => share.url + file)
    for (const url of files) expect((await open(url)).status, url).toBeLessThan(400)
    await person.ok('DELETE', `/api/episodes/${episode.id}/share`)
    for (const url of [...files, share.embedUrl]) expect((await open(url)).status, url).toBe(404)
    expect(await person.ok('GET', `/api/episodes/${episode.id}/share`)).toEqual({ share: null })
    const again = await person.ok<Share>('POST', `/api/episodes/${episode.id}/share`)
    expect([again.url === share.url, again.findable]).toEqual([false, false])
  })
})

describe('package.zip', () => {
  it('holds everything, as long as it says, and is read by another program', async () => {
    const response = await person.ask('GET', `/api/episodes/${episode.id}/package.zip`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-length')).toBe(String(bytes.length))
    const folder = mkdtempSync(join(tmpdir(), 'aimake-zip-'))
    try {
      writeFileSync(join(folder, 'all.zip'), bytes)
      expect(spawnSync('python3', ['-m', 'zipfile', '-t', join(folder, 'all.zip')], { encoding: 'utf8' }).stdout).toContain(
        'Done testing',
      )
      spawnSync('python3', ['-m', 'zipfile', '-e', join(folder, 'all.zip'), join(folder, 'out')])
      const title = '第一期 再说茶'
      expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(
        ['chapters.json', 'mp3', 'notes.md', 'png', 'receipt.json', 'script.txt', 'srt', 'vtt']
          .map((end) => `${title}.${end}`)
          .toSorted(),
      )
      const file = (end: string) => readFileSync(join(folder, 'out', `${title}.${end}`))
      expect(file('mp3').equals(Buffer.from((await person.audio(episode.id)).bytes))).toBe(true)
      expect(file('vtt').toString()).toMatch(/^WEBVTT/)
      expect(file('script.txt').toString()).toContain('今天我们聊聊茶')
      expect(file('notes.md').toString()).toContain('配料：<水> & 茶叶')
      expect(JSON.parse(file('receipt.json').toString())).toEqual(await person.ok('GET', `/api/episodes/${episode.id}/receipt`))
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect((await stranger.ask('GET', `/api/episodes/${episode.id}/package.zip`)).status).toBe(404)
  })

  it('is sent without being held, however long the sound is, and ends with whoever leaves', async () => {
    const bytes = 200 * 1024 * 1024
    const bucket = bucketOf(run)
    const key = 'renders/test-of-a-long-one.mp3'
    const chunk = Buffer.alloc(1024 * 1024, 7)
    await bucket.putStream(key, Readable.from(Array(200).fill(chunk)), { contentType: 'audio/mpeg' })
    const [before] = (await rows<{ mp3_key: string; bytes: string }>(
      run,
      `SELECT r.mp3_key, r.bytes FROM renders r JOIN versions v ON v.id = r.version_id WHERE v.episode_id = $1`,
      [episode.id],
    )) as [{ mp3_key: string; bytes: string }]
    const swap = (from: string, to: string, size: number | string) =>
      rows(run, 'UPDATE renders SET mp3_key = $2, bytes = $3 WHERE mp3_key = $1', [from, to, size])
    const residentMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${run.pids['api']}/status`, 'utf8'))![1]) / 1024
    await swap(before.mp3_key, key, bytes)
    try {
      const first = residentMb()
      let most = first
      let got = 0
      const response = await person.ask('GET', `/api/episodes/${episode.id}/package.zip`)
      for await (const part of response.body!) {
        got += part.length
        most = Math.max(most, residentMb())
      }
      expect(got).toBe(Number(response.headers.get('content-length')))
      expect(got).toBeGreaterThan(bytes)
      expect(most - first, 'MB more than before').toBeLessThan(80)
      const left = await person.ask('GET', `/api/episodes/${episode.id}/package.zip`)
      await left.body!.cancel()
      expect((await person.ask('GET', '/health')).status).toBe(200)
    } finally {
      await swap(key, before.mp3_key, before.bytes)
      await bucket.delete(key)
      bucket.close()
    }
  })
})

it('an ended show leaves its episodes, which may join another', async () => {
  const { url } = await feed('private')
  await person.ok('DELETE', `/api/shows/${show.id}`)
  expect((await open(url)).status).toBe(404)
  const next = await person.ok<Show>('POST', '/api/shows', { title: '新的', language: 'zh' })
  expect((await person.ask('PUT', `/api/shows/${next.id}/episodes/${episode.id}`, { published: true })).status).toBe(204)
  expect((await person.episode(episode.id)).show).toMatchObject({ id: next.id, number: 1 })
  expect(await rows(run, 'SELECT 1 FROM feeds WHERE show_id = $1', [show.id])).toEqual([])
})
