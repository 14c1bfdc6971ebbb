import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decode, meter, tagsOf } from '../setup/decode.ts'
import { Person, readRun } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { chinese, english, script } from '../setup/texts.ts'

const run = readRun()
const SAMPLES_PER_MS = 48
const FRAME_MS = 24

const briefs = [
  {
    name: 'a Chinese podcast from a text',
    brief: { kind: 'podcast', sources: [{ type: 'text', text: chinese }] },
    language: 'zh',
    speakers: 2,
  },
  {
    name: 'an English podcast from a text',
    brief: { kind: 'podcast', sources: [{ type: 'text', text: english }] },
    language: 'en',
    speakers: 2,
  },
  {
    name: 'a Chinese narration',
    brief: { kind: 'narration', sources: [{ type: 'text', text: chinese }] },
    language: 'zh',
    speakers: 1,
  },
  {
    name: 'an English narration',
    brief: { kind: 'narration', sources: [{ type: 'text', text: english }] },
    language: 'en',
    speakers: 1,
  },
  {
    name: 'a podcast from a finished script',
    brief: { kind: 'podcast', sources: [{ type: 'script', text: script(5) }] },
    language: 'zh',
    speakers: 2,
  },
  {
    name: 'a talk of six',
    brief: {
      kind: 'podcast',
      sources: [{ type: 'text', text: `${chinese}\n\n${chinese.replaceAll('银河', '星空')}` }],
      speakers: ['一', '二', '三', '四', '五', '六'].map((name) => ({ name })),
    },
    language: 'zh',
    speakers: 6,
  },
]

describe('from a brief to an episode one can hear', () => {
  it.each(briefs)('$name', async ({ brief, language, speakers }) => {
    const person = await Person.signUp(run)
    const estimate = await person.ok<{ cost: object; language: string }>('POST', '/api/episodes/estimate', brief)
    expect(estimate).toMatchObject({ language, cost: { maxMicroUsd: 0, exact: true } })

    const { id } = await person.order(brief)
    const episode = await person.ready(id)
    const lines = await person.lines(id)
    expect(new Set(lines.map((line) => line.speaker)).size).toBe(speakers)
    expect(lines.every((line) => line.status === 'ready' && line.durationMs! > 0)).toBe(true)

    const { bytes, contentType } = await person.audio(id)
    expect(contentType).toBe('audio/mpeg')
    expect(bytes.length).toBe(episode.audio!.bytes)
    const decodedMs = decode(bytes).length / SAMPLES_PER_MS
    const heard = meter(bytes)
    expect(Math.abs(heard.lufs + 16), `${heard.lufs} LUFS`).toBeLessThanOrEqual(0.5)
    expect(heard.peakDb).toBeLessThanOrEqual(-1)
    expect(Math.abs(heard.lufs - episode.audio!.lufs!)).toBeLessThanOrEqual(0.1)
    const notices = lines.filter((line) => /人工智能/.test(line.text))
    expect(notices.map((line) => line.position)).toEqual(language === 'zh' ? [0] : [])
    const sumMs = lines.reduce((sum, line) => sum + line.durationMs! + line.pauseAfterMs, 0)
    expect(Math.abs(decodedMs - sumMs)).toBeLessThanOrEqual(FRAME_MS)
    expect(Math.abs(decodedMs - episode.audio!.durationMs)).toBeLessThanOrEqual(FRAME_MS)

    const calls = await rows<{ status: string; cost_micro_usd: string; step: string }>(
      run,
      'SELECT * FROM usage_logs WHERE episode_id = $1',
      [id],
    )
    expect(calls.filter((call) => call.step === 'speech')).toHaveLength(
      new Set(lines.map((line) => `${line.voiceId} ${line.text}`)).size,
    )
    expect(calls.every((call) => call.status === 'settled' && Number(call.cost_micro_usd) === 0)).toBe(true)
    expect(await faults(run)).toEqual([])
  })
})

describe('delivery', () => {
  it('serves Range, playlist, segments and transcript', async () => {
    const person = await Person.signUp(run)
    const { id } = await person.order({ kind: 'podcast', sources: [{ type: 'script', text: script(4, '送达') }] })
    const episode = await person.ready(id)
    const { bytes, url } = await person.audio(id)

    const part = await fetch(url, { headers: { range: 'bytes=1000-1999' } })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(bytes.subarray(1000, 2000)))
    expect(part.headers.get('cache-control')).toContain('immutable')

    const playlist = await (await person.ask('GET', episode.playlistUrl)).text()
    expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
    expect(playlist).toContain('#EXT-X-ENDLIST')
    const uris = playlist.split('\n').filter((line) => line.startsWith('segments/'))
    const segments = await Promise.all(
      uris.map(async (uri) => new Uint8Array(await (await person.ask('GET', `/api/episodes/${id}/${uri}`)).arrayBuffer())),
    )
    expect(segments.every((segment) => segment[0] === 0x49)).toBe(true)
    const listedMs = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds) * 1000, 0)
    expect(Math.round(listedMs)).toBe(episode.audio!.durationMs)
    // The same bytes: what HLS plays is what the file holds, behind its own tags.
    const heard = Buffer.concat(segments.map((segment) => segment.subarray(10 + segment[9]!)))
    expect(Buffer.from(bytes).includes(heard)).toBe(true)

    const transcript = await (await person.ask('GET', episode.transcriptUrl!)).text()
    expect(transcript).toMatch(/^WEBVTT\n/)
    expect(transcript).toContain('<v 甲>')
    expect(transcript.indexOf('本节目由人工智能合成。')).toBeLessThan(transcript.indexOf('这是第1句'))
    const download = await person.ask('GET', `/api/episodes/${id}/audio?download=1`)
    const file = await fetch(download.headers.get('location')!, { headers: { range: 'bytes=0-0' } })
    expect(file.headers.get('content-disposition')).toContain('attachment')
  })

  it('serves chapters, subtitles and cover, and carries them in the file', async () => {
    const person = await Person.signUp(run)
    const text = ['# 开场', script(2, '前'), '# 收尾', script(2, '后')].join('\n')
    const { id } = await person.order({ kind: 'podcast', title: '两章', m4a: true, sources: [{ type: 'script', text }] })
    expect((await person.ask('GET', `/api/episodes/${id}/chapters.json`)).status).toBeOneOf([200, 409])
    const episode = await person.ready(id)
    const chapters = await person.ask('GET', episode.chaptersUrl!)
    expect(chapters.headers.get('content-type')).toContain('application/json+chapters')
    const { version, chapters: found } = (await chapters.json()) as {
      version: string
      chapters: { startTime: number; endTime: number; title: string }[]
    }
    expect([version, found.map(({ title }) => title)]).toEqual(['1.2.0', ['开场', '收尾']])
    expect([found[0]!.startTime, found[1]!.startTime]).toEqual([0, found[0]!.endTime])
    expect(Math.round(found[1]!.endTime * 1000)).toBe(episode.audio!.durationMs)

    const subtitles = await (await person.ask('GET', episode.transcriptSrtUrl!)).text()
    const blocks = subtitles.split('\n\n').map((block) => block.trim().split('\n').slice(2))
    expect(blocks.every((shown) => shown.length <= 2 && shown.every((row) => row.length <= 32))).toBe(true)
    const cover = await person.ask('GET', episode.coverUrl!)
    expect(cover.headers.get('content-type')).toBe('image/png')
    const picture = Buffer.from(await cover.arrayBuffer())

    const { bytes } = await person.audio(id)
    const tags = tagsOf(bytes)
    expect(tags).toMatch(/title=两章[^]*AIGC=\{"Label":"1"[^]*\[CHAPTER\][^]*title=开场[^]*\[CHAPTER\][^]*title=收尾/)
    expect(Buffer.from(bytes).includes(picture)).toBe(true)
    const m4a = await fetch((await person.ask('GET', episode.audio!.m4aUrl!)).headers.get('location')!)
    expect(m4a.headers.get('content-type')).toBe('audio/mp4')
    const other = new Uint8Array(await m4a.arrayBuffer())
    expect(Math.abs(decode(other).length / SAMPLES_PER_MS - episode.audio!.durationMs)).toBeLessThanOrEqual(FRAME_MS)
    expect(Math.abs(meter(other).lufs - episode.audio!.lufs!)).toBeLessThanOrEqual(0.3)
    expect(tagsOf(other)).toMatch(/title=两章[^]*AIGC=\{"Label":"1"/)
    const plain = await person.order({ kind: 'narration', sources: [{ type: 'text', text: '只有一种。' }] })
    expect((await person.ready(plain.id)).audio!.m4aUrl).toBeNull()
    expect((await person.ask('GET', `/api/episodes/${plain.id}/audio?format=m4a`)).status).toBe(404)
    expect(await faults(run)).toEqual([])
  })

  it('shows nothing of another person', async () => {
    const owner = await Person.signUp(run)
    const stranger = await Person.signUp(run)
    const { id } = await owner.order({ kind: 'narration', sources: [{ type: 'text', text: '你好。' }] })
    await owner.ready(id)
    const files = ['/transcript.vtt', '/transcript.srt', '/chapters.json', '/cover.png']
    for (const path of ['', '/script', '/events', '/audio', '/playlist.m3u8', '/segments/0.mp3', ...files]) {
      expect((await stranger.ask('GET', `/api/episodes/${id}${path}`)).status, path).toBe(404)
    }
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/cancel'],
      ['POST', '/repair'],
      ['POST', '/undelete'],
    ] as const) {
      expect((await stranger.ask(method, `/api/episodes/${id}${path}`)).status, path).toBe(404)
    }
    expect((await stranger.ok<{ items: unknown[] }>('GET', '/api/episodes')).items).toEqual([])
    expect((await new Person(run).ask('GET', `/api/episodes/${id}`)).status).toBe(401)
    expect((await owner.ask('GET', '/api/admin/episodes')).status).toBe(403)
  })

  it('is gone already while it is being removed for good: nothing that reads it stumbles', async () => {
    const [person, admin] = [await Person.signUp(run), await Person.admin(run)]
    const { id: userId } = await person.who()
    // As a reader finds it whose first statement came before the removal, and whose second after.
    const [row] = await rows<{ id: string }>(
      run,
      `INSERT INTO episodes (id, user_id, kind, language, title, status, brief, request_hash)
       VALUES (gen_random_uuid(), $1, 'narration', 'en', 'Half gone', 'cancelled', '{"speakers": []}', 'half') RETURNING id`,
      [userId],
    )
    expect(await person.ok('GET', '/api/episodes')).toMatchObject({ items: [] })
    const { id: older } = await person.order({ kind: 'narration', sources: [{ type: 'text', text: '还在的一段文字。' }] })
    await rows(run, `UPDATE episodes SET created_at = now() - interval '1 minute' WHERE id = $1`, [older])
    const first = await person.ok<{ items: object[]; nextCursor: string }>('GET', '/api/episodes?limit=1')
    expect(first.items, 'what goes takes no other one along').toEqual([])
    const rest = await person.ok('GET', `/api/episodes?limit=1&cursor=${first.nextCursor}`)
    expect(rest).toMatchObject({ items: [{ id: older }], nextCursor: null })
    expect((await person.ask('GET', `/api/episodes/${row!.id}`)).status).toBe(404)
    const filter = encodeURIComponent(JSON.stringify({ userId }))
    expect(await admin.ok('GET', `/api/admin/episodes?filter=${filter}`)).toMatchObject({ data: [{ id: older }] })
    expect((await admin.ask('GET', `/api/admin/episodes/${row!.id}`)).status).toBe(404)
    await rows(run, 'DELETE FROM episodes WHERE id = $1', [row!.id])
  })

  it('pages the list, renames, deletes, brings back, and removes for good', async () => {
    const person = await Person.signUp(run)
    const ids: string[] = []
    for (const word of ['一', '二', '三']) {
      const { id } = await person.order({ kind: 'narration', sources: [{ type: 'text', text: `第${word}段文字。` }] })
      await person.ready(id)
      ids.push(id)
    }
    interface Page {
      items: { id: string; title: string }[]
      nextCursor: string | null
    }
    const first = await person.ok<Page>('GET', '/api/episodes?limit=2')
    const second = await person.ok<Page>('GET', `/api/episodes?limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect(second.nextCursor).toBeNull()
    await person.ok('PATCH', `/api/episodes/${ids[0]}`, { title: '新的题目' })
    expect((await person.ok<Page>('GET', '/api/episodes?q=新的')).items.map(({ title }) => title)).toEqual(['新的题目'])

    await person.ok('DELETE', `/api/episodes/${ids[0]}`)
    expect((await person.ask('GET', `/api/episodes/${ids[0]}`)).status).toBe(404)
    await person.ok('POST', `/api/episodes/${ids[0]}/undelete`)
    await person.episode(ids[0]!)

    const keys = await rows<{ mp3_key: string }>(
      run,
      'SELECT r.mp3_key FROM renders r JOIN versions v ON v.id = r.version_id WHERE v.episode_id = $1',
      [ids[1]],
    )
    await person.ok('DELETE', `/api/episodes/${ids[1]}`)
    await expect.poll(() => rows(run, 'SELECT id FROM episodes WHERE id = $1', [ids[1]]), { timeout: 34_000 }).toEqual([])
    expect(await rows(run, 'SELECT key FROM stored_objects WHERE key = $1', [keys[0]!.mp3_key])).toEqual([])
    await person.episode(ids[0]!)
    expect(await faults(run)).toEqual([])
  })
})

describe('one order is one episode', () => {
  it('however often and however parallel it comes', async () => {
    const person = await Person.signUp(run)
    const key = randomUUID()
    const brief = { kind: 'narration', sources: [{ type: 'text', text: '只做一次。' }] }
    const orders = await Promise.all(Array.from({ length: 50 }, () => person.order(brief, key)))
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
    await person.ready(orders[0]!.id)
    const reused = await person.ask('POST', '/api/episodes', { ...brief, kind: 'podcast' }, { 'idempotency-key': key })
    expect([reused.status, ((await reused.json()) as { code: string }).code]).toEqual([409, 'idempotency-key-reused'])
    expect((await person.ok<{ items: unknown[] }>('GET', '/api/episodes')).items).toHaveLength(1)
  })

  it('and the same words are voiced once', async () => {
    const person = await Person.signUp(run)
    const brief = {
      kind: 'podcast',
      notice: false,
      sources: [{ type: 'script', text: '甲：好的好的。\n乙：好的好的。\n甲：好的好的。\n甲：好的好的。' }],
    }
    const calls = () =>
      rows(run, `SELECT u.id FROM usage_logs u JOIN episodes e ON e.user_id = u.user_id WHERE u.step = 'speech' AND e.id = $1`, [
        first.id,
      ])
    const first = await person.order(brief)
    await person.ready(first.id)
    expect(await calls()).toHaveLength(2)
    const second = await person.order(brief)
    await person.ready(second.id)
    expect(await calls()).toHaveLength(2)
  })
})

describe('listeners', () => {
  it('hear of every line while it happens, and resume where they were cut off', async () => {
    const person = await Person.signUp(run)
    const { id } = await person.order({
      kind: 'podcast',
      notice: false,
      sources: [{ type: 'script', text: script(12, '听见') }],
    })
    const first = await listen(person, id, undefined, (events) => events.filter(({ event }) => event === 'line').length >= 6)
    expect(first[0]!.event).toBe('snapshot')
    const lastId = first.findLast((event) => event.id)!.id
    const rest = await listen(person, id, lastId, (events) =>
      events.some(({ event, data }) => event === 'episode' && (data as { status: string }).status === 'ready'),
    )
    expect(rest[0]!.event).not.toBe('snapshot')
    const known = new Map<string, string>()
    const snapshot = first[0]!.data as { script: { lines: { id: string; status: string }[] } }
    for (const line of snapshot.script.lines) known.set(line.id, line.status)
    for (const { event, data } of [...first, ...rest])
      if (event === 'line') known.set((data as { id: string }).id, (data as { status: string }).status)
    expect([...known.values()]).toEqual(Array.from({ length: 12 }, () => 'ready'))
  })
})

interface Told {
  id: string | undefined
  event: string
  data: unknown
}

async function listen(
  person: Person,
  id: string,
  lastEventId: string | undefined,
  enough: (events: Told[]) => boolean,
): Promise<Told[]> {
  const response = await person.ask(
    'GET',
    `/api/episodes/${id}/events`,
    undefined,
    lastEventId ? { 'last-event-id': lastEventId } : {},
  )
  const events: Told[] = []
  let buffer = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body!) {
    buffer += decoder.decode(chunk as Uint8Array, { stream: true })
    const blocks = buffer.split('\n\n')
    buffer = blocks.pop()!
    for (const block of blocks.filter((one) => one.includes('event: '))) {
      const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1]
      events.push({ id: field('id'), event: field('event')!, data: JSON.parse(field('data')!) })
    }
    if (enough(events)) break
  }
  return events
}
