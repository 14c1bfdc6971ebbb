import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Run } from '../../tests/setup/launch.ts'
import { Person } from '../../tests/setup/person.ts'

export type Receiver = 'slack' | 'email' | 'pagerduty' | 'deadman'

/** An alert, who must hear of it, and how the running product is broken so that it fires. `breakIt` answers how it is mended. */
export interface Breakage {
  alert: string
  receivers: Receiver[]
  how: string
  /** `false`: it rings by itself, and may have rung before. */
  isOurs?: boolean
  breakIt: (house: House) => Promise<() => Promise<void>>
}

/** The running product, as whoever breaks it holds it. */
export interface House {
  run: Run
  person: Person
  admin: Person
  sql: (text: string) => Promise<pg.QueryResult>
}

export async function enterHouse(run: Run): Promise<House & { leave: () => Promise<void> }> {
  const owner = new pg.Pool({ connectionString: run.settings['DATABASE_OWNER_URL']!, max: 4 })
  owner.on('error', () => undefined)
  return {
    run,
    person: await Person.demo(run),
    admin: await Person.admin(run),
    sql: (text) => owner.query(text),
    leave: () => owner.end(),
  }
}

const nothing = async () => undefined

/** Does something again and again until it is told to stop. */
function again(work: () => Promise<unknown>, pauseMs: number): () => Promise<void> {
  let stopped = false
  const going = (async () => {
    while (!stopped) {
      await work().catch(() => undefined)
      await sleep(pauseMs)
    }
  })()
  return async () => {
    stopped = true
    await going
  }
}

const knock = ({ person }: House, path = '/api/pronunciations') => person.ask('GET', path).then((answer) => answer.text())

const control = ({ run }: House, path: string, body: unknown = {}) =>
  fetch(new URL(`/control/${path}`, run.settings['ELEVENLABS_BASE_URL']), { method: 'POST', body: JSON.stringify(body) })

let orders = 0
const order = ({ person }: House, sentences = 1) =>
  person.order({
    kind: 'narration',
    language: 'en',
    notice: false,
    speakers: [{ name: 'A', voiceId: 'openai-nova' }],
    sources: [
      {
        type: 'text',
        text: Array.from({ length: sentences }, () => `This is sentence number ${(orders += 1)} of all.`).join('\n\n'),
      },
    ],
  })

/** In this order: what one breaks must not make the next one silent. */
export const breakages: Breakage[] = [
  { alert: 'Watchdog', receivers: ['deadman'], how: 'nothing is broken', isOurs: false, breakIt: async () => nothing },
  {
    alert: 'NoVerifiedBackup',
    receivers: ['slack', 'email'],
    how: 'no backup is ever made',
    isOurs: false,
    breakIt: async () => nothing,
  },
  {
    alert: 'ErrorRateHigh',
    receivers: ['slack', 'email'],
    how: 'a table is gone, as after a wrong migration',
    breakIt: async (house) => {
      await house.sql('ALTER TABLE pronunciations RENAME TO pronunciations_gone')
      const stop = again(() => knock(house), 200)
      return async () => {
        await stop()
        await house.sql('ALTER TABLE pronunciations_gone RENAME TO pronunciations')
      }
    },
  },
  {
    alert: 'ResponsesSlow',
    receivers: ['slack'],
    how: 'somebody holds a lock on a table for 4 s, again and again',
    breakIt: async (house) => {
      const lock = again(() => house.sql('BEGIN; LOCK TABLE pronunciations; SELECT pg_sleep(4.2); COMMIT'), 0)
      const stops = Array.from({ length: 3 }, () => again(() => knock(house), 10))
      return async () => void (await Promise.all([lock, ...stops].map((stop) => stop())))
    },
  },
  {
    alert: 'SpeechErrorsHigh',
    receivers: ['slack'],
    how: "the provider's speech answers 500",
    breakIt: async (house) => {
      await control(house, 'next', { route: 'openai-speech', status: 500, times: 'all' })
      const stop = again(() => order(house, 3), 2000)
      return async () => {
        await stop()
        await control(house, 'clear')
      }
    },
  },
  {
    alert: 'SpendNearCap',
    receivers: ['slack'],
    how: 'the daily cap is set to a little more than was spent',
    breakIt: async (house) => {
      await house.person.ready((await order(house)).id)
      const { todayMicroUsd } = await house.admin.ok<{ todayMicroUsd: number }>('GET', '/api/admin/settings')
      await house.admin.ok('PATCH', '/api/admin/settings', { dailyCapMicroUsd: Math.ceil(todayMicroUsd * 1.1) })
      return async () => void (await house.admin.ok('PATCH', '/api/admin/settings', { dailyCapMicroUsd: null }))
    },
  },
  {
    alert: 'UnknownPaidCalls',
    receivers: ['slack'],
    how: 'a call hangs at the provider; its row in the ledger is made an hour older',
    breakIt: async (house) => {
      await control(house, 'route', { route: 'openai-speech', latencyMs: 30_000 })
      await order(house)
      const age = `UPDATE usage_logs SET started_at = started_at - interval '61 minutes' WHERE status = 'started' AND held_micro_usd > 0`
      for (let tries = 0; (await house.sql(age)).rowCount === 0 && tries < 100; tries += 1) await sleep(200)
      return async () => void (await control(house, 'clear'))
    },
  },
  {
    alert: 'DatabaseConnectionErrors',
    receivers: ['slack', 'pagerduty'],
    how: 'its connections are cut, and it takes no new ones',
    breakIt: async ({ run, sql }) => {
      const others = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename <> current_user`
      const { rows } = await sql(others)
      process.kill(run.pids['postgres']!, 'SIGSTOP')
      for (const { pid } of rows as { pid: number }[]) process.kill(pid, 'SIGTERM')
      return async () => void process.kill(run.pids['postgres']!, 'SIGCONT')
    },
  },
  {
    alert: 'NothingToRead',
    receivers: ['slack', 'pagerduty'],
    how: 'the worker is stopped in its tracks',
    breakIt: async ({ run }) => {
      process.kill(run.pids['worker']!, 'SIGSTOP')
      return nothing
    },
  },
  {
    alert: 'EpisodesWaitLong',
    receivers: ['slack', 'email'],
    how: 'an episode is ordered while no worker works',
    breakIt: async (house) => {
      await order(house)
      return async () => void process.kill(house.run.pids['worker']!, 'SIGCONT')
    },
  },
]
