import { expect, it } from 'vitest'
import { all, one, readXml } from './setup/xml.ts'
import { feedXml } from '../api/shows/feed.ts'
import type { PublishedShow } from '../api/shows/shows.repo.ts'

const now = new Date('2026-01-02T03:04:05.678Z')
const hostile = `</title><script>&amp;]]>"'\u0000\u000b\ud800\ufffe 茶`
const shown = `</title><script>&amp;]]>"' 茶`

const render = (more: object = {}) => ({
  bytes: 1_234_567n,
  durationMs: 61_500,
  mp3Key: 'm',
  transcriptKey: 't',
  srtKey: 's',
  chaptersKey: 'c',
  coverKey: 'p',
  createdAt: now,
  ...more,
})
const show = (more: object = {}) =>
  ({
    title: hostile,
    description: hostile,
    author: hostile,
    language: 'en',
    category: 'Health & Fitness',
    subcategory: 'Mental Health',
    explicit: true,
    coverKey: null,
    podcastGuid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
    updatedAt: now,
    episodes: [
      {
        id: '11111111-1111-4111-8111-111111111111',
        title: hostile,
        notes: null,
        language: 'en',
        brief: { speakers: [{ name: hostile }] },
        publishedAt: now,
        updatedAt: now,
        showNumber: 7,
        versions: [
          { number: 3, outline: null, createdAt: now, render: null },
          { number: 2, outline: { sections: [{ title: hostile }, { title: '' }] }, createdAt: now, render: render() },
        ],
      },
    ],
    ...more,
  }) as unknown as PublishedShow

const address = { publicUrl: 'https://a.example', token: 'token', isPublic: true }

it('says whatever people write, and nothing that XML cannot', () => {
  const channel = one(readXml(feedXml(show(), address)), 'channel')
  const item = one(channel, 'item')
  for (const element of [one(channel, 'title'), one(channel, 'description'), one(item, 'title'), one(item, 'description')])
    expect(element.text).toBe(shown)
})

it('gives the version that is whole, and leaves out what has none', () => {
  const item = one(one(readXml(feedXml(show(), address)), 'channel'), 'item')
  expect(one(item, 'enclosure').attributes).toEqual({
    url: 'https://a.example/feeds/token/11111111-1111-4111-8111-111111111111/v2.mp3',
    length: '1234567',
    type: 'audio/mpeg',
  })
  const [episode] = show().episodes
  const unfinished = show({ episodes: [{ ...episode, versions: [episode!.versions[0]] }] })
  expect(all(one(readXml(feedXml(unfinished, address)), 'channel'), 'item')).toEqual([])
})

it('is the same bytes for the same show, and another for a private address', () => {
  expect(feedXml(show(), address)).toBe(feedXml(show(), address))
  expect(feedXml(show(), address)).not.toContain('block>')
  expect(feedXml(show(), { ...address, isPublic: false })).toContain('<itunes:block>Yes</itunes:block>')
})
