import { readFileSync } from 'node:fs'
import type { Run } from '../../tests/setup/launch.ts'
import { Person } from '../../tests/setup/person.ts'
import { chinese, english } from '../../tests/setup/texts.ts'

/** Who is on the pictures, and what they have made. */
export interface Made {
  /** Has everything a page can show. */
  person: { cookie: string; readyId: string; reviewId: string; showId: string }
  /** Has nothing yet. */
  newcomer: { cookie: string }
}

const loushi = readFileSync(new URL('../samples/loushi.md', import.meta.url), 'utf8')
const talk = chinese
  .split(/(?<=[。？！])/)
  .map((words, index) => `${index % 2 ? '周棠' : '林知远'}：${words.trim()}`)
  .join('\n')

/** Makes two people and, for one of them, an episode in each state a list can show. */
export async function seed(run: Run): Promise<Made> {
  const newcomer = await Person.signUp(run)
  const person = await Person.signUp(run)
  await person.ok('PATCH', '/api/account', { name: '沈一川' })
  const script = { type: 'script', text: talk }
  const ready = await person.order({ kind: 'podcast', title: '银河是怎么从城市里消失的', sources: [script] })
  const narration = await person.order({
    kind: 'narration',
    title: 'Where did the Milky Way go?',
    sources: [{ type: 'text', text: english }],
  })
  const review = await person.order({
    kind: 'podcast',
    title: '宋朝人的夜生活',
    review: true,
    sources: [{ type: 'text', text: `宋朝的城市夜里不关门。${chinese}` }],
  })
  const stopped = await person.order({
    kind: 'narration',
    title: '《荷塘月色》',
    sources: [{ type: 'text', text: `曲曲折折的荷塘上面，弥望的是田田的叶子。${chinese.repeat(4)}` }],
  })
  await person.ask('POST', `/api/episodes/${stopped.id}/cancel`)
  const reading = await person.order({ kind: 'narration', title: '《陋室铭》', sources: [{ type: 'text', text: loushi }] })
  await person.ready(ready.id)
  await person.ready(reading.id)
  await person.ready(narration.id)
  await person.until(review.id, ({ status }) => status === 'review')
  const admin = await Person.admin(run)
  for (const id of [reading.id, narration.id, ready.id]) {
    await person.ok('POST', `/api/episodes/${id}/share`)
    await admin.ok('PUT', `/api/admin/episodes/${id}/featured`)
  }
  await person.ok('PUT', `/api/episodes/${ready.id}/listening`, { positionMs: 12_000, device: 'phone' })
  const [voice] = (await person.ok<{ items: { id: string; available: boolean }[] }>('GET', '/api/voices')).items.filter(
    ({ available }) => available,
  )
  if (voice) await person.ok('PUT', `/api/voices/${voice.id}/favourite`)
  const show = await person.ok<{ id: string }>('POST', '/api/shows', { title: '夜空', language: 'zh' })
  await person.ok('PUT', `/api/shows/${show.id}/episodes/${ready.id}`, { published: true })
  await person.ok('POST', `/api/shows/${show.id}/feeds`, { kind: 'private' })
  return {
    person: { cookie: person.cookies, readyId: ready.id, reviewId: review.id, showId: show.id },
    newcomer: { cookie: newcomer.cookies },
  }
}
