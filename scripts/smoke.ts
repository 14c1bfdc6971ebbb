// The list after launch: uses a running deployment as a visitor would, line by line, and says how to mend what does not work.
//   npm run smoke -- https://aimake.cc --api https://api.aimake.cc --console https://console.aimake.cc/admin --alertmanager http://127.0.0.1:9093
//   npm run smoke -- http://localhost:8000 --without alert
// Where a new account must confirm its address first, SMOKE_EMAIL and SMOKE_PASSWORD name one that has.
// It makes one account and one short episode, in the cheapest voice on offer, and deletes the episode again.
import { parseArgs } from 'node:util'
import { refuse, runList } from './checklist/program.ts'
import { smokeList } from './smoke/list.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    api: { type: 'string' },
    console: { type: 'string' },
    alertmanager: { type: 'string' },
    severity: { type: 'string', default: 'critical' },
    without: { type: 'string', multiple: true, default: [] },
  },
})
const [site] = positionals
const given = [site, values.api, values.console, values.alertmanager].filter((url) => url !== undefined)

if (!site || given.some((url) => !URL.canParse(url)))
  refuse('npm run smoke -- URL [--api URL] [--console URL] [--alertmanager URL] [--severity WORD] [--without LINE]')
else {
  const api = values.api ?? site
  const { alertmanager, severity, without } = values
  const { SMOKE_EMAIL: email, SMOKE_PASSWORD: password } = process.env
  const checks = smokeList({
    site,
    api,
    console: values.console ?? new URL('/admin', api).href,
    alertmanager,
    severity,
    ...(email && password && { member: { email, password } }),
  })
  await runList(`After launch: ${site}`, checks, without, process.env)
}
