import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { decodeFrames } from '../setup/decode.ts'
import { Person, readRun } from '../setup/person.ts'
import { chinese, script } from '../setup/texts.ts'

type Schemas = components['schemas']

const run = readRun()
let person: Person
let stranger: Person
let id: string

const passages = (lineId: string) => person.ok<Schemas['PassageList']>('GET', `/api/episodes/${id}/lines/${lineId}/passages`)
const takes = (lineId: string) => person.ok<Schemas['TakeList']>('GET', `/api/episodes/${id}/lines/${lineId}/takes`)
const version = (number: number) => person.until(id, (one) => one.status === 'ready' && one.version === number)
const bare = (text: string) => text.replace(/\s/g, '')

beforeAll(async () => {
  ;[person, stranger] = [await Person.signUp(run), await Person.signUp(run)]
  const sources = [{ type: 'text', text: chinese }]
  id = (await person.order({ kind: 'narration', language: 'zh', notice: false, sources })).id
  await person.ready(id)
})

describe('a line', () => {
  it('names the passage of its source it rests on, with what stands around it', async () => {
    const lines = await person.lines(id)
    for (const line of lines) {
      expect(line.passages).toBe(1)
      const [passage] = (await passages(line.id)).items
      expect(bare(chinese)).toContain(bare(passage!.text))
      expect(bare(chinese)).toContain(bare(passage!.before + passage!.text + passage!.after))
      expect(bare(passage!.text)).toContain(bare(line.text).slice(0, 8))
    }
  })

  it('keeps every recording of itself through edits, moves and restores, each to be heard', async () => {
    const [first] = await person.lines(id)
    expect((await takes(first!.id)).items).toHaveLength(1)
    const change = (lineId: string, text: string) => person.ok('PATCH', `/api/episodes/${id}/lines/${lineId}`, { text })
    await change(first!.id, '换了一种说法的第一句。')
    await version(2)
    const [second] = await person.lines(id)
    expect(second).toMatchObject({ originId: first!.id, takes: 2 })
    // To the end of the script, and its words once more otherwise.
    const now = await person.ok<Schemas['Script']>('GET', `/api/episodes/${id}/script`)
    const wanted = now.lines.map(({ id: lineId, section }) => ({ id: lineId, section, ...rest(now, lineId) }))
    const [moved, ...others] = wanted
    const lines = [...others, { ...moved, section: others.at(-1)!.section, text: '第三种说法。' }]
    await person.ok('PUT', `/api/episodes/${id}/script`, { revision: now.revision, lines })
    await version(3)
    await person.ok('POST', `/api/episodes/${id}/versions/2/restore`)
    await version(4)

    const [back] = await person.lines(id)
    const { items } = await takes(back!.id)
    expect(items.map(({ text }) => text)).toEqual(['第三种说法。', '换了一种说法的第一句。', first!.text])
    expect(items.map(({ version: number }) => number)).toEqual([3, 2, 1])
    expect(items.filter(({ isCurrent }) => isCurrent).map(({ version: number }) => number)).toEqual([2])
    for (const { audioUrl, durationMs } of items) {
      const sound = await person.ask('GET', audioUrl)
      expect(sound.headers.get('content-type')).toBe('audio/mpeg')
      const heardMs = decodeFrames(new Uint8Array(await sound.arrayBuffer())).length / 48
      expect(Math.abs(heardMs - durationMs)).toBeLessThan(200)
    }
    const old = await person.ok<Schemas['Script']>('GET', `/api/episodes/${id}/versions/1/script`)
    expect(old.lines[0]).toMatchObject({ id: first!.id, text: first!.text })
  })

  it('is nobody else’s, and what is not there is said to be not there', async () => {
    const [line] = await person.lines(id)
    const nobody = '00000000-0000-7000-8000-000000000000'
    for (const part of ['passages', 'takes', 'audio']) {
      expect((await stranger.ask('GET', `/api/episodes/${id}/lines/${line!.id}/${part}`)).status).toBe(404)
      expect((await person.ask('GET', `/api/episodes/${id}/lines/${nobody}/${part}`)).status).toBe(404)
      expect((await person.ask('GET', `/api/episodes/${id}/lines/x/${part}`)).status).toBe(400)
    }
    expect((await person.ask('GET', `/api/episodes/${id}/versions/99/script`)).status).toBe(404)
    expect((await stranger.ask('GET', `/api/episodes/${id}/versions/1/script`)).status).toBe(404)
    expect((await person.ask('GET', `/api/episodes/${id}/versions/0/script`)).status).toBe(400)
    // A line of another episode of one's own is not a line of this one.
    const sources = [{ type: 'script', text: script(2, '别的') }]
    const other = (await person.order({ kind: 'podcast', language: 'zh', notice: false, sources })).id
    await person.ready(other)
    const [foreign] = await person.lines(other)
    expect((await person.ask('GET', `/api/episodes/${id}/lines/${foreign!.id}/takes`)).status).toBe(404)
  })
})

const rest = ({ lines }: Schemas['Script'], lineId: string) => {
  const { speaker, voiceId, text, direction } = lines.find((line) => line.id === lineId)!
  return { speaker, voiceId, text, direction }
}
