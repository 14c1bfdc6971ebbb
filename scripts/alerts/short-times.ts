import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How much shorter every time is than in production. */
export const SHORTER = 30

export interface Places {
  watchersUrl: string
  mailPort: number
  apiMetrics: string
  workerMetrics: string
  alertmanager: string
}

/** Replaces what must be there: settings that were changed are noticed instead of silently kept. */
function swap(text: string, changes: [RegExp, string | ((...found: string[]) => string)][]): string {
  return changes.reduce((now, [pattern, to]) => {
    const next = now.replace(pattern, to as string)
    if (next === now) throw new Error(`${pattern} is not in the settings any more`)
    return next
  }, text)
}

const seconds = (count: string, unit: string) =>
  `${Math.max(1, Math.round((Number(count) * (unit === 'm' ? 60 : 1)) / SHORTER))}s`

/** Waits and thresholds that are times, a thirtieth of what they are; a rate needs some readings, so its window only a sixth. */
const shortRules = (rules: string) =>
  swap(rules, [
    [/for: (\d+)(m)$/gm, (_, count, unit) => `for: ${seconds(count, unit)}`],
    [/\[(\d+)m\]/g, (_, count) => `[${Number(count) * 10}s]`],
    [/> 15 \* 60/, `> 15 * 60 / ${SHORTER}`],
    [/> 26 \* 3600/, `> 26 * 3600 / ${SHORTER * 60}`],
  ])

/** The settings of production with short times and local receivers, written into `folder`; everything else is as it is there. */
export function writeShortSettings(production: string, folder: string, places: Places): void {
  const read = (name: string) => readFileSync(join(production, name), 'utf8')
  const secrets = join(folder, 'secrets')
  mkdirSync(secrets, { recursive: true })
  writeFileSync(join(secrets, 'slack-url'), `${places.watchersUrl}/slack`)
  writeFileSync(join(secrets, 'pagerduty-key'), 'a-key-of-thirty-two-characters-00')
  writeFileSync(join(folder, 'rules.yml'), shortRules(read('rules.yml')))
  writeFileSync(
    join(folder, 'prometheus.yml'),
    swap(
      read('prometheus.yml'),
      [
        [/_interval: 15s/g, '_interval: 3s'],
        ['alertmanager:9093', places.alertmanager],
        ['api:9091', places.apiMetrics],
        ['worker:9091', places.workerMetrics],
      ].map(
        ([from, to]) =>
          [from instanceof RegExp ? from : new RegExp(`'${from}'`), from instanceof RegExp ? to : `'${to}'`] as [RegExp, string],
      ),
    ),
  )
  writeFileSync(
    join(folder, 'alertmanager.yml'),
    swap(read('alertmanager.yml'), [
      [
        /smtp_smarthost: .*/,
        `smtp_smarthost: 127.0.0.1:${places.mailPort}\n  smtp_require_tls: false\n  pagerduty_url: ${places.watchersUrl}/v2/enqueue`,
      ],
      [/ {2}smtp_auth_username: .*\n {2}smtp_auth_password_file: .*\n/, ''],
      [/\/etc\/alertmanager\/secrets/g, secrets],
      [/- url_file: .*/, `- url: ${places.watchersUrl}/deadman`],
      [/group_wait: 10s/, 'group_wait: 1s'],
      [/group_interval: 1m/g, 'group_interval: 2s'],
      [/repeat_interval: 5m/, 'repeat_interval: 5s'],
    ]),
  )
}
