// npm run alerts:rehearse: breaks the running product on purpose, and shows that each alert reaches whom it must. Real Prometheus and
// Alertmanager with the settings of production, all times a thirtieth; the receivers speak as Slack, PagerDuty and a mail server do.
import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startFakeWatchers } from '../tests/fake-watchers/server.ts'
import { startMailbox } from '../tests/fake-watchers/smtp.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { breakages, enterHouse } from './alerts/breakages.ts'
import type { Receiver } from './alerts/breakages.ts'
import { SHORTER, writeShortSettings } from './alerts/short-times.ts'
import { findPrometheus } from './prometheus.ts'

const HEARD_WITHIN_MS = 90_000
const { values } = parseArgs({ options: { port: { type: 'string', default: '18700' } } })
const port = Number(values.port)
const say = (text: string) => console.log(`rehearsal: ${text}`)

const programs = { prometheus: await findPrometheus('prometheus'), alertmanager: await findPrometheus('alertmanager') }
const [watchers, mailbox] = [await startFakeWatchers(), await startMailbox()]
say('starting the product with made-up providers')
const product = await launchProduct(port, ['--fake', '--without', 'web'], {
  METRICS_PORT: String(port + 91),
  WORKER_METRICS_PORT: String(port + 92),
})
const folder = mkdtempSync(join(tmpdir(), 'aimake-rehearsal-'))
const alertmanager = `127.0.0.1:${port + 93}`
writeShortSettings(join(import.meta.dirname, '..', 'deploy/alerts'), folder, {
  watchersUrl: watchers.url,
  mailPort: mailbox.port,
  apiMetrics: `127.0.0.1:${product.run.settings['METRICS_PORT']}`,
  workerMetrics: `127.0.0.1:${product.run.settings['WORKER_METRICS_PORT']}`,
  alertmanager,
})
const log = openSync(join(folder, 'programs.log'), 'a')
const start = (command: string, ...args: string[]) => spawn(command, args, { cwd: folder, stdio: ['ignore', log, log] })
const running = [
  start(
    programs.alertmanager,
    '--config.file=alertmanager.yml',
    // Some packages keep it in the system's folder: what was told in an earlier rehearsal would not be told again for hours.
    '--storage.path=alertmanager',
    `--web.listen-address=${alertmanager}`,
    '--cluster.listen-address=',
  ),
  start(
    programs.prometheus,
    '--config.file=prometheus.yml',
    '--storage.tsdb.path=data',
    '--rules.alert.resend-delay=2s',
    `--web.listen-address=127.0.0.1:${port + 94}`,
  ),
]

/** What each receiver has heard of an alert that fires. */
const heard: Record<Receiver, (alert: string) => boolean> = {
  slack: (alert) => watchers.slack.some((said) => new RegExp(`FIRING ${alert}:`).test(JSON.stringify(said))),
  pagerduty: (alert) =>
    watchers.pagerDuty.some(
      (said) => said['event_action'] === 'trigger' && JSON.stringify(said['payload']).includes(`${alert}:`),
    ),
  email: (alert) =>
    mailbox.mails.some(({ to, text }) => to.includes('team@aimake.cc') && /FIRING/.test(text) && text.includes(alert)),
  deadman: (alert) => watchers.deadman.some((said) => JSON.stringify(said).includes(alert)),
}

/** Whether it rings already, by what another one broke; such a bell would say nothing of this one. */
const rings = async (alert: string) =>
  ((await (await fetch(`http://${alertmanager}/api/v2/alerts`)).json()) as { labels: { alertname: string } }[]).some(
    ({ labels }) => labels.alertname === alert,
  )

const house = await enterHouse(product.run)
const table: { alert: string; 'broken by': string; heard: string; 'must hear': string; ok: string }[] = []
try {
  for (const { alert, receivers, how, isOurs = true, breakIt } of breakages) {
    say(`${alert}: ${how}`)
    for (const quietBy = Date.now() + HEARD_WITHIN_MS; isOurs && (await rings(alert)) && Date.now() < quietBy;) await sleep(500)
    if (isOurs) for (const told of [watchers.slack, watchers.pagerDuty, mailbox.mails]) told.length = 0
    const brokenAt = Date.now()
    const mend = await breakIt(house)
    const times = new Map<Receiver, number>()
    while (times.size < receivers.length && Date.now() - brokenAt < HEARD_WITHIN_MS) {
      for (const receiver of receivers)
        if (!times.has(receiver) && heard[receiver](alert)) times.set(receiver, (Date.now() - brokenAt) / 1000)
      await sleep(100)
    }
    await mend()
    const told = [...times].map(([receiver, after]) => `${receiver} after ${after.toFixed(1)} s`).join(', ')
    say(`  ${told || 'nobody heard of it'}`)
    const ok = times.size === receivers.length
    table.push({ alert, 'broken by': how, heard: told, 'must hear': receivers.join(', '), ok: ok ? 'yes' : 'NO' })
  }
} finally {
  await house.leave()
  for (const program of running) program.kill('SIGTERM')
  await product.stop().catch((error: Error) => say(error.message))
  watchers.close()
  mailbox.close()
}
console.table(table)
const missed = table.filter(({ ok }) => ok === 'NO')
console.log(
  `${table.length - missed.length} of ${breakages.length} alerts reached everybody they must; times are ${SHORTER} times shorter than in production`,
)
if (missed.length > 0 || table.length < breakages.length) process.exitCode = 1
else rmSync(folder, { recursive: true, force: true })
process.exit()
