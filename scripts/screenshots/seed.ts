import { readFileSync } from 'node:fs'
import { codeOf } from '../../tests/setup/authenticator.ts'
import type { Run } from '../../tests/setup/launch.ts'
import { Person } from '../../tests/setup/person.ts'
import type { Episode } from '../../tests/setup/person.ts'
import { chinese, english } from '../../tests/setup/texts.ts'

/** Who is on the pictures, and what they have made. */
export interface Made {
  /** Has everything a page can show. */
  person: {
    cookie: string
    /** Has two versions. */
    readyId: string
    reviewId: string
    repairId: string
    budgetId: string
    stoppedId: string
    showId: string
    shareUrl: string
    embedUrl: string
  }
  /** Orders what will be voiced for a while, and answers its id once the first lines can be heard; `stop` keeps nothing of the others, so that it can be ordered again. */
  voicing: { begin: () => Promise<string>; stop: () => Promise<void> }
  /** Has nothing yet. */
  newcomer: { cookie: string }
  /** Is asked for a second factor. */
  guarded: { email: string; password: string }
}

const loushi = readFileSync(new URL('../samples/loushi.md', import.meta.url), 'utf8')
const names = ['林知远', '周棠']
const speakers = names.map((name, index) => ({ name, voiceId: index ? 'openai-onyx' : 'openai-nova' }))
/** Lines that nobody has voiced before: what is stored already is neither waited for nor paid. */
const lines = (count: number, about: string) =>
  Array.from({ length: count }, (_, index) => `${names[index % 2]}：${about}，说到第 ${index + 1} 件事，天已经黑下来了。`).join(
    '\n',
  )
const talk = (name: string) => readFileSync(new URL(`talks/${name}.md`, import.meta.url), 'utf8')

const STUCK_MS = 300_000

/** Waits as long as anything comes of it, however busy the machine is; an episode that stands still for minutes is stuck. */
async function until(person: Person, id: string, wanted: (episode: Episode) => boolean): Promise<void> {
  let [seen, since] = ['', Date.now()]
  for (;;) {
    const episode = await person.episode(id)
    if (wanted(episode)) return
    const now = JSON.stringify([episode.version, episode.status, episode.progress])
    if (now !== seen) [seen, since] = [now, Date.now()]
    if (episode.status === 'failed' || Date.now() - since > STUCK_MS)
      throw new Error(`the episode “${episode.title}” is stuck: ${now} ${JSON.stringify(episode.failure)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
const ready = ({ status }: Episode) => status === 'ready'

/** Makes three people and, for one of them, an episode in each state a list can show. */
export async function seed(run: Run): Promise<Made> {
  const newcomer = await Person.signUp(run)
  const person = await Person.signUp(run)
  await person.ok('PATCH', '/api/account', { name: '沈一川' })
  const control = controlOf(run)
  const episodes = await makeEpisodes(person, control)
  return {
    person: { cookie: person.cookies, ...episodes, ...(await publish(run, person, episodes)) },
    voicing: await voicingOf(person, control),
    newcomer: { cookie: newcomer.cookies },
    guarded: await guard(run),
  }
}

type Control = (path: string, body: object) => Promise<void>
const controlOf =
  (run: Run): Control =>
  async (path, body) =>
    void (await fetch(new URL(`/control/${path}`, run.settings['OPENAI_BASE_URL']), {
      method: 'POST',
      body: JSON.stringify(body),
    }))

const order = async (person: Person, brief: object) => (await person.order(brief)).id
const spoken = (person: Person, title: string, text: string, more: object = {}) =>
  order(person, { kind: 'podcast', notice: false, title, speakers, sources: [{ type: 'script', text }], ...more })

async function makeEpisodes(person: Person, control: Control) {
  const read = (title: string, text: string) => order(person, { kind: 'narration', title, sources: [{ type: 'text', text }] })

  const readyId = await spoken(person, '银河是怎么从城市里消失的', talk('galaxy'))
  const narrationId = await read('Where did the Milky Way go?', english)
  const reviewId = await order(person, {
    kind: 'podcast',
    title: '为什么我们看不到银河了',
    review: true,
    sources: [{ type: 'text', text: chinese }],
  })
  const stoppedId = await read('《荷塘月色》', `曲曲折折的荷塘上面，弥望的是田田的叶子。${chinese.repeat(4)}`)
  await person.ask('POST', `/api/episodes/${stoppedId}/cancel`)
  const readingId = await read('《陋室铭》', loushi)
  await control('next', { route: 'openai-speech', text: '夜市，说到第 3 件事', times: 'all', fault: 'silent' })
  const repairId = await spoken(person, '夜市里的灯', lines(8, '夜市'))
  const budgetId = await spoken(person, '钱花到哪里为止', lines(10, '预算'), { budgetMicroUsd: 2_000 })
  // Of a provider that nothing else here waits for.
  const slow = names.map((name, index) => ({ name, voiceId: `elevenlabs-${['sarah', 'george'][index]}` }))
  await control('next', { route: 'elevenlabs-speech', text: '山路，说到第 1 件', times: 'all' })
  await control('next', { route: 'elevenlabs-speech', text: '山路', times: 'all', latencyMs: 50_000 })

  for (const id of [readyId, readingId, narrationId]) await until(person, id, ready)
  const line = (await person.lines(readyId)).find(({ text }) => text.includes('卫星图'))!
  await person.ok('PATCH', `/api/episodes/${readyId}/lines/${line.id}`, { text: line.text.replace('卫星图', '卫星照片') })
  await until(person, readyId, (episode) => episode.version === 2 && ready(episode))
  await until(person, reviewId, ({ status }) => status === 'review')
  await until(person, repairId, ({ status }) => status === 'needs_repair')
  await until(person, budgetId, ({ status }) => status === 'paused_budget')
  const walkId = await spoken(person, '夜里走山路', lines(200, '山路'), { speakers: slow })
  await until(person, walkId, ({ progress }) => progress.linesDone > 0)
  return { readyId, narrationId, readingId, reviewId, repairId, budgetId, stoppedId }
}

/** How many lines of the talk are made at once; the others take longer than a picture. */
const EARLY = 9

async function voicingOf(person: Person, control: Control): Promise<Made['voicing']> {
  const text = talk('night-market')
  const said = text.split('\n').filter((line) => line.includes('：'))
  for (const line of said.slice(0, EARLY))
    await control('next', { route: 'openai-speech', text: line.slice(line.indexOf('：') + 1), times: 'all', latencyMs: 300 })
  await control('route', { route: 'openai-speech', latencyMs: 50_000 })
  let id = ''
  return {
    async begin() {
      id = await spoken(person, '宋朝人的夜生活', text)
      await until(person, id, ({ progress }) => progress.linesDone >= EARLY)
      return id
    },
    async stop() {
      await person.ok('POST', `/api/episodes/${id}/cancel`)
      await until(person, id, ({ status }) => status === 'cancelled')
      await person.ok('DELETE', `/api/episodes/${id}`)
    },
  }
}

/** Three works on the front page, a show with its cover, a star, and a place where one stopped listening. */
async function publish(run: Run, person: Person, made: { readyId: string; narrationId: string; readingId: string }) {
  const admin = await Person.admin(run)
  let share = { url: '', embedHtml: '' }
  for (const id of [made.readingId, made.narrationId, made.readyId]) {
    share = await person.ok<typeof share>('POST', `/api/episodes/${id}/share`)
    await admin.ok('PUT', `/api/admin/episodes/${id}/featured`)
  }
  await person.ok('PUT', `/api/episodes/${made.readyId}/listening`, { positionMs: 12_000, device: 'phone' })
  const { items } = await person.ok<{ items: { id: string; available: boolean }[] }>('GET', '/api/voices')
  const voice = items.find(({ available }) => available)
  if (voice) await person.ok('PUT', `/api/voices/${voice.id}/favourite`)
  const { id: showId } = await person.ok<{ id: string }>('POST', '/api/shows', { title: '夜空', language: 'zh' })
  await person.ok('PUT', `/api/shows/${showId}/episodes/${made.readyId}`, { published: true })
  await person.ok('POST', `/api/shows/${showId}/feeds`, { kind: 'private' })
  const { coverUrl } = await person.episode(made.readyId)
  const cover = await person.ask('GET', coverUrl!)
  const picture = cover.ok ? cover : await fetch(cover.headers.get('location')!)
  await person.ok('PUT', `/api/shows/${showId}/cover`, new Uint8Array(await picture.arrayBuffer()), {
    'content-type': 'image/png',
  })
  return { showId, shareUrl: share.url, embedUrl: /src="([^"]+)"/.exec(share.embedHtml)?.[1] ?? '' }
}

async function guard(run: Run) {
  const person = await Person.signUp(run)
  const password = 'a long password'
  const { totpURI } = await person.ok<{ totpURI: string }>('POST', '/api/auth/two-factor/enable', { password })
  const code = codeOf(new URL(totpURI).searchParams.get('secret')!)
  await person.ok('POST', '/api/auth/two-factor/verify-totp', { code })
  return { email: (await person.who()).email, password }
}
