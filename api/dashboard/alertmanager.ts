import { z } from 'zod'
import type { Dashboard } from './dashboard.schema.ts'

/** A dashboard must not wait for what watches the house. */
const ASK_MS = 1500
const MOST = 50

const answer = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()).default({}),
    startsAt: z.coerce.date(),
  }),
)

/** What Alertmanager rings for now, without what somebody silenced. Never throws: that it is away is an answer too. */
export async function firingAlerts(url: string | undefined): Promise<Dashboard['alerts']> {
  if (!url) return { state: 'not-connected', firing: [] }
  try {
    const address = new URL('api/v2/alerts?active=true&silenced=false&inhibited=false', url.replace(/\/?$/, '/'))
    const response = await fetch(address, { signal: AbortSignal.timeout(ASK_MS), headers: { accept: 'application/json' } })
    if (!response.ok) throw new Error(`Alertmanager answers ${response.status}`)
    const alerts = answer.parse(await response.json())
    return { state: 'connected', firing: alerts.slice(0, MOST).map(viewOf) }
  } catch {
    return { state: 'away', firing: [] }
  }
}

const viewOf = ({ labels, annotations, startsAt }: z.output<typeof answer>[number]) => ({
  name: labels.alertname ?? '?',
  severity: labels.severity ?? null,
  summary: annotations.summary ?? annotations.description ?? null,
  since: startsAt.toISOString(),
})
