// npm run bench:first-sound: how long after the provider's answer to its first line an episode can be heard, and whether whoever begins to listen
// at that moment is ever ahead of what is there.
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { chinese, english } from '../tests/setup/texts.ts'
import { launchFakeProduct, machineLoad, voicesTake } from './fake-product.ts'
import { atMost, judged, median } from './judged.ts'

const RUNS = 5
const TARGET_MS = 700
/** How long the made-up model and its voices take to answer. */
const LATENCY_MS = 500

interface Figures {
  orderMs: number
  providerMs: number
  afterAnswerMs: number
  /** The least sound that lay before the listener at any moment, until all was there. */
  aheadMs: number
}

const product = await launchFakeProduct(18_400)
try {
  await voicesTake(product, LATENCY_MS)
  await product.control('POST', 'route', { route: 'openai-responses', latencyMs: LATENCY_MS })
  const figures: Figures[] = []
  for (let run = 0; run < RUNS; run++) figures.push(await firstSound(await Person.signUp(product.run), run))
  print(figures)
} finally {
  await product.stop()
}

/** Orders an episode and fetches its first segment the moment the playlist has one. */
async function firstSound(person: Person, run: number): Promise<Figures> {
  const orderedAt = Date.now()
  // Another person each time: the same opening would be there already, and free.
  const title = run % 2 ? `Night sky, part ${run + 1}` : `夜空，第${run + 1}回`
  const speakers = ['Nova', 'Onyx'].map((name) => ({ name, voiceId: `openai-${name.toLowerCase()}` }))
  const sources = [{ type: 'text', text: run % 2 ? english : chinese }]
  const { id } = await person.order({ kind: 'podcast', title, notice: false, speakers, sources })
  const segment = `/api/episodes/${id}/segments/0.mp3`
  while ((await person.ask('GET', `/api/episodes/${id}/playlist.m3u8`)).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 10))
  await (await person.ask('GET', segment)).arrayBuffer()
  const heardAt = Date.now()
  const [call] = await rows<{ started_at: Date; answered_at: Date }>(
    product.run,
    `SELECT u.started_at, u.answered_at FROM usage_logs u JOIN lines l ON l.id = u.line_id WHERE u.episode_id = $1 AND l.position = 0 AND u.status = 'settled'`,
    [id],
  )
  const aheadMs = await listen(person, id, heardAt)
  await person.ready(id)
  return {
    orderMs: heardAt - orderedAt,
    providerMs: call!.answered_at.getTime() - call!.started_at.getTime(),
    afterAnswerMs: heardAt - call!.answered_at.getTime(),
    aheadMs,
  }
}

/** Plays from `heardAt` on at the speed of life and answers the smallest lead of what is there over what was played. */
async function listen(person: Person, id: string, heardAt: number): Promise<number> {
  let [least, soundMs] = [Infinity, 0]
  for (;;) {
    const playlist = await (await person.ask('GET', `/api/episodes/${id}/playlist.m3u8`)).text()
    // What was there before this answer had to last until it.
    if (soundMs > 0) least = Math.min(least, soundMs - (Date.now() - heardAt))
    if (playlist.includes('#EXT-X-ENDLIST')) return least
    const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => Number(length))
    soundMs = seconds.reduce((sum, length) => sum + length, 0) * 1000
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function print(figures: Figures[]): void {
  const typical = (pick: (one: Figures) => number) => median(figures.map(pick))
  console.table(figures)
  const after = typical((one) => one.afterAnswerMs)
  console.log(
    `median from the order to the first sound: ${typical((one) => one.orderMs)} ms, of which the provider ${typical((one) => one.providerMs)} ms; ${machineLoad()}`,
  )
  atMost("from the provider's answer to sound one can play, median", after, TARGET_MS, ' ms', 0)
  const ahead = Math.min(...figures.map(({ aheadMs }) => aheadMs))
  judged('a listener at 1x, least sound ahead', `${ahead.toFixed(0)} ms`, '>= 0 ms', ahead >= 0)
}
