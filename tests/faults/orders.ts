import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { chinese, script } from '../setup/texts.ts'

const LINES = 5
const AGAIN_MS = 150

/** Does something over HTTP until the door has answered: it may be dead just now. */
export async function untilAnswered<T>(ask: () => Promise<T>, withinMs = 300_000): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      // Refused by a door that lives is another matter than no door.
      const isAway = error instanceof TypeError || /: 5\d\d /.test((error as Error).message)
      if (!isAway || Date.now() > until) throw error
      await sleep(AGAIN_MS)
    }
  }
}

const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))

/** Short episodes of every kind: own scripts, a talk a model writes, some with an M4A, some stopped on the way. */
export class Feeder {
  readonly accepted: string[] = []
  private readonly run: Run
  private readonly person: Person
  private number = 0

  constructor(run: Run, person: Person) {
    this.run = run
    this.person = person
  }

  /** Keeps so many episodes in the making until told to stop. */
  async feed(atOnce: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if ((await this.inTheMaking()) < atOnce) await this.orderOne()
      else await sleep(AGAIN_MS)
    }
  }

  async inTheMaking(): Promise<number> {
    const [found] = await rows<{ count: number }>(
      this.run,
      `SELECT count(*)::int FROM episodes WHERE status NOT IN ('ready', 'cancelled', 'failed')`,
    )
    return found!.count
  }

  private async orderOne(): Promise<void> {
    const number = this.number++
    const key = randomUUID()
    const { id } = await untilAnswered(() => this.person.order(briefOf(number), key))
    this.accepted.push(id)
    if (number % 6 === 5) {
      await sleep(Math.random() * 2_000)
      await untilAnswered(() => this.person.ask('POST', `/api/episodes/${id}/cancel`))
    }
  }
}

function briefOf(number: number) {
  const mark = `第${number}期`
  const source = number % 8 === 1 ? { type: 'text', text: `${mark}。${chinese}` } : { type: 'script', text: script(LINES, mark) }
  return {
    kind: 'podcast',
    language: 'zh',
    title: mark,
    notice: false,
    speakers,
    ...(source.type === 'text' && { targetMinutes: 1 }),
    ...(number % 3 === 0 && { m4a: true }),
    sources: [source],
  }
}
