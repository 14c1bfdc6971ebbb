import { setTimeout as pause } from 'node:timers/promises'
import { Trouble } from '../checklist/checklist.ts'

const WAIT_MS = 120_000
const EVERY_MS = 1000
const ASK_MS = 10_000

/** Rings Alertmanager once with an alert of its own, and waits until it says that somebody was told. */
export async function ringOnce(alertmanager: string, severity: string): Promise<string> {
  const before = await told(alertmanager)
  const startsAt = new Date()
  const alert = {
    labels: { alertname: 'SmokeTest', severity, service: 'aimake', run: crypto.randomUUID() },
    annotations: { summary: 'A test after a deployment. Nothing is wrong.' },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + WAIT_MS).toISOString(),
  }
  const answer = await fetch(new URL('/api/v2/alerts', alertmanager), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([alert]),
    signal: AbortSignal.timeout(ASK_MS),
  })
  if (!answer.ok) throw new Trouble(`Alertmanager answered ${answer.status}`, 'look at its log')
  for (const endMs = Date.now() + WAIT_MS; Date.now() < endMs; await pause(EVERY_MS)) {
    const now = await told(alertmanager)
    if (now.failed > before.failed)
      throw new Trouble('a receiver refused it', 'the log of Alertmanager names the receiver: mend its address or key')
    if (now.sent > before.sent) return `told ${now.sent - before.sent} receiver(s); nothing refused`
  }
  throw new Trouble(`nobody was told within ${WAIT_MS / 1000} s`, 'look whether a route takes it and no silence holds it back')
}

/** How many messages Alertmanager has sent so far, and how many were refused, over all receivers. */
async function told(alertmanager: string): Promise<{ sent: number; failed: number }> {
  const answer = await fetch(new URL('/metrics', alertmanager), { signal: AbortSignal.timeout(ASK_MS) })
  const text = await answer.text()
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'gm'))].reduce((total, [, value]) => total + Number(value), 0)
  const failed = sum('alertmanager_notifications_failed_total')
  return { sent: sum('alertmanager_notifications_total') - failed, failed }
}
