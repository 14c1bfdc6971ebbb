import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Episode } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

type Result = components['schemas']['SearchResult']
type Hit = components['schemas']['SearchHit']

const run = readRun()
let person: Person
let stranger: Person
let talk: Episode
let english: Episode

const ask = (q: string, more = '', who = person) => who.ok<Result>('GET', `/api/search?q=${encodeURIComponent(q)}${more}`)
const shownIn = ({ excerpt }: Hit) => excerpt.matches.map(({ start, end }) => excerpt.text.slice(start, end))
const episodesOf = (result: Result) => [...new Set(result.items.map(({ episodeId }) => episodeId))]

const script = [
  '甲：大家好，今天我们说说人工智能。',
  '乙：先从播客讲起，它和广播不一样。',
  '甲：人工做的东西，智能也能做，但不是一回事。',
  '乙：最后祝大家喝茶愉快，ＡＩ与你同在。',
].join('\n')

beforeAll(async () => {
  person = await Person.signUp(run)
  stranger = await Person.signUp(run)
  const speakers = [{ name: '甲' }, { name: '乙' }]
  const orders = await Promise.all([
    person.order({
      kind: 'podcast',
      notice: false,
      title: '机器会思考吗',
      speakers,
      sources: [{ type: 'script', text: script }],
    }),
    person.order({
      kind: 'narration',
      language: 'en',
      title: 'Tea at the Café',
      sources: [{ type: 'text', text: 'Listening to voices is easy. A podcast tells its story line by line.' }],
    }),
    stranger.order({
      kind: 'narration',
      notice: false,
      title: '播客入门',
      sources: [{ type: 'text', text: '播客，播客，播客。' }],
    }),
  ])
  talk = await person.ready(orders[0].id)
  english = await person.ready(orders[1].id)
  await stranger.ready(orders[2].id)
})

describe('search', () => {
  it('finds a Chinese word of two characters in a script, with its line and the second it is heard at', async () => {
    const { items } = await ask('播客')
    expect(items).toHaveLength(1)
    const [hit] = items as [Hit]
    expect(hit).toMatchObject({ episodeId: talk.id, title: '机器会思考吗', kind: 'line', line: { position: 1, speaker: '乙' } })
    expect(shownIn(hit)).toEqual(['播客'])
    const [first] = await person.lines(talk.id)
    const behindFirst = first!.durationMs! + first!.pauseAfterMs
    expect(Math.abs(hit.line!.startMs! - behindFirst)).toBeLessThan(100)
  })

  it('takes a longer word as one, not its parts apart, and one character as a beginning', async () => {
    const { items } = await ask('人工智能')
    expect(items.map(({ line }) => line!.position)).toEqual([0])
    expect((await ask('人工')).items.map(({ line }) => line!.position).toSorted((a, b) => a - b)).toEqual([0, 2])
    expect((await ask('茶')).items.map(({ line }) => line!.position)).toEqual([3])
    expect((await ask('工人')).items).toEqual([])
    // Both words in one place, in any order.
    expect((await ask('广播 播客')).items.map(({ line }) => line!.position)).toEqual([1])
  })

  it('finds English by stem, without regard to case, width or accents', async () => {
    for (const q of ['podcasts', 'PODCAST', 'ｐｏｄｃａｓｔ', 'podc']) expect(episodesOf(await ask(q)), q).toEqual([english.id])
    const [voice] = (await ask('voice listen')).items as [Hit]
    expect(shownIn(voice)).toEqual(['Listening', 'voices'])
    expect((await ask('cafe')).items[0]).toMatchObject({ kind: 'title', episodeId: english.id, line: null })
    expect(episodesOf(await ask('ai'))).toEqual([talk.id])
  })

  it('ranks a title before notes before lines, and sees what was changed', async () => {
    await person.ok('PATCH', `/api/episodes/${english.id}`, { notes: '这一期里有人工智能的链接。' })
    expect((await ask('人工智能')).items.map(({ kind }) => kind)).toEqual(['notes', 'line'])
    await person.ok('PATCH', `/api/episodes/${english.id}`, { title: '人工智能' })
    expect((await ask('人工智能')).items.map(({ kind }) => kind)).toEqual(['title', 'line'])
    await person.ok('PATCH', `/api/episodes/${english.id}`, { title: 'Tea', notes: null })
    expect((await ask('人工智能')).items.map(({ kind }) => kind)).toEqual(['line'])
  })

  it('shows each only their own, and nothing that was deleted', async () => {
    expect((await ask('播客', '', stranger)).items.every(({ title }) => title === '播客入门')).toBe(true)
    expect((await ask('人工', '', stranger)).items).toEqual([])
    await person.ok('DELETE', `/api/episodes/${talk.id}`)
    expect((await ask('播客')).items).toEqual([])
    await person.ok('POST', `/api/episodes/${talk.id}/undelete`)
    expect((await ask('播客')).items).toHaveLength(1)
  })

  it('asks the current script only', async () => {
    const [line] = await person.lines(talk.id)
    await person.ok('PATCH', `/api/episodes/${talk.id}/lines/${line!.id}`, { text: '大家好，今天我们说说大海。' })
    await person.until(talk.id, ({ status, version }) => status === 'ready' && version === 2)
    expect((await ask('人工智能')).items).toEqual([])
    expect((await ask('大海')).items[0]!.line!.startMs).toBe(0)
  })

  it('takes whatever is typed as words, and refuses cursors it did not give', async () => {
    for (const q of ["'; DROP TABLE lines; --", "播客' & !x:*", '\\', '%_', '<->', '…', '😀', 'a'.repeat(100), '茶'.repeat(100)])
      expect((await ask(q)).items).toBeInstanceOf(Array)
    const status = async (path: string) => (await person.ask('GET', path)).status
    expect(await status('/api/search')).toBe(400)
    expect(await status('/api/search?q=')).toBe(400)
    expect(await status(`/api/search?q=${'a'.repeat(101)}`)).toBe(400)
    expect(await status('/api/search?q=a&cursor=bm90IGpzb24')).toBe(400)
    expect(
      await status(`/api/search?q=a&cursor=${Buffer.from('{"score":"1","createdAt":1,"id":"x"}').toString('base64url')}`),
    ).toBe(400)
    expect((await new Person(run).ask('GET', '/api/search?q=a')).status).toBe(401)
  })
})

describe('a library of many', () => {
  let reader: Person
  let userId: string

  beforeAll(async () => {
    reader = await Person.signUp(run)
    userId = (await reader.who()).id
    // 400 episodes of 100 lines, of which every tenth line says the word: too much to be made, so it is written down.
    await rows(
      run,
      `WITH e AS (INSERT INTO episodes (id, user_id, kind, language, title, status, brief, request_hash, created_at)
         SELECT gen_random_uuid(), $1, 'narration', 'zh', '第' || n || '期', 'cancelled', '{"speakers":[]}', 'x', now() - n * interval '1 minute' FROM generate_series(1, 400) n RETURNING id),
       v AS (INSERT INTO versions (id, episode_id, number, workflow_id) SELECT gen_random_uuid(), id, 1, 'search-' || id FROM e RETURNING id)
       SELECT 1 FROM v`,
      [userId],
    )
    await rows(
      run,
      `INSERT INTO lines (id, version_id, section, position, speaker, voice_id, text, pause_after_ms, source_refs)
       SELECT gen_random_uuid(), v.id, 0, p, '甲', (SELECT id FROM voices LIMIT 1),
         CASE WHEN p % 10 = 0 THEN '这一句里有量子两个字，编号' || p ELSE '这一句没有什么特别的，天气很好' || p END, 0, '[]'
       FROM versions v JOIN episodes e ON e.id = v.episode_id, generate_series(0, 99) p WHERE e.user_id = $1`,
      [userId],
    )
    await rows(run, 'ANALYZE lines')
  })

  it('pages through all hits once, each page as fast as the first', async () => {
    const seen = new Set<string>()
    const times: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const started = performance.now()
      const page: Result = await ask('量子', `&limit=100${cursor ? `&cursor=${cursor}` : ''}`, reader)
      times.push(performance.now() - started)
      for (const { line } of page.items) seen.add(line!.id)
      cursor = page.nextCursor
    }
    expect(times).toHaveLength(40)
    expect(seen.size).toBe(4000)
    expect(Math.max(...times)).toBeLessThan(2000)
  })

  it('is asked by the index, and a stranger’s common word costs nothing', async () => {
    const [{ owner }] = (await rows<{ owner: string }>(run, `SELECT search_owner($1) AS owner`, [randomUUID()])) as [
      { owner: string },
    ]
    const plan = await rows<{ 'QUERY PLAN': string }>(
      run,
      `EXPLAIN (ANALYZE, COSTS OFF) SELECT id FROM lines WHERE search @@ '''${owner}量子'''::tsquery`,
    )
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toContain('Bitmap Index Scan on lines_search_idx')
    expect(text).toMatch(/Bitmap Index Scan on lines_search_idx \(actual time=[\d.]+ rows=0/)
    await rows(run, 'DELETE FROM episodes WHERE user_id = $1', [userId])
  })
})
