import { readFileSync } from 'node:fs'
import type { Run } from '../../tests/setup/launch.ts'
import { Person } from '../../tests/setup/person.ts'
import { chinese, english } from '../../tests/setup/texts.ts'

/** Who is on the pictures, and what they have made. */
export interface Made {
  /** Has everything a page can show. */
  person: {
    cookie: string
    readyId: string
    reviewId: string
    voicingId: string
    repairId: string
    budgetId: string
    stoppedId: string
    showId: string
    shareUrl: string
    embedUrl: string
  }
  /** Has nothing yet. */
  newcomer: { cookie: string }
}

const loushi = readFileSync(new URL('../samples/loushi.md', import.meta.url), 'utf8')
const names = ['林知远', '周棠']
const speakers = names.map((name, index) => ({ name, voiceId: index ? 'openai-onyx' : 'openai-nova' }))
/** Lines that nobody has voiced before: what is stored already is neither waited for nor paid. */
const lines = (count: number, about: string) =>
  Array.from({ length: count }, (_, index) => `${names[index % 2]}：${about}，说到第 ${index + 1} 件事，天已经黑下来了。`).join(
    '\n',
  )
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
  const control = async (path: string, body: object) =>
    void (await fetch(new URL(`/control/${path}`, run.settings['OPENAI_BASE_URL']), {
      method: 'POST',
      body: JSON.stringify(body),
    }))
  const spoken = async (title: string, text: string, more: object = {}) =>
    await person.order({ kind: 'podcast', notice: false, title, speakers, sources: [{ type: 'script', text }], ...more })
  await control('next', { route: 'openai-speech', text: '夜市，说到第 3 件事', times: 'all', fault: 'silent' })
  const repair = await spoken('夜市里的灯', lines(8, '夜市'))
  const budget = await spoken('钱花到哪里为止', lines(10, '预算'), { budgetMicroUsd: 2_000 })
  await person.ready(ready.id)
  await person.ready(reading.id)
  await person.ready(narration.id)
  await person.until(review.id, ({ status }) => status === 'review')
  await person.until(repair.id, ({ status }) => status === 'needs_repair')
  await person.until(budget.id, ({ status }) => status === 'paused_budget')
  // Still being voiced when its last picture is taken.
  for (const early of [1, 2, 3, 4, 5, 6, 7, 8])
    await control('next', { route: 'openai-speech', text: `山路，说到第 ${early} 件`, times: 'all', latencyMs: 1_000 })
  await control('route', { route: 'openai-speech', latencyMs: 50_000 })
  const voicing = await spoken('夜里走山路', lines(120, '山路'))
  await person.until(voicing.id, ({ progress }) => progress.linesDone > 3)
  const admin = await Person.admin(run)
  let share = { url: '', embedHtml: '' }
  for (const id of [reading.id, narration.id, ready.id]) {
    share = await person.ok<typeof share>('POST', `/api/episodes/${id}/share`)
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
    person: {
      cookie: person.cookies,
      readyId: ready.id,
      reviewId: review.id,
      voicingId: voicing.id,
      repairId: repair.id,
      budgetId: budget.id,
      stoppedId: stopped.id,
      showId: show.id,
      shareUrl: share.url,
      embedUrl: /src="([^"]+)"/.exec(share.embedHtml)?.[1] ?? '',
    },
    newcomer: { cookie: newcomer.cookies },
  }
}
