// Brings the domain's zone to deploy/cloudflare/zone.json: names, TLS, HSTS, WAF, cache, and the bucket's public name.
//   npm run cloudflare               says which calls are still to be made, and ends with 1 when there are some
//   npm run cloudflare -- --apply    makes them, one by one
// Settings: CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, DOMAIN, WEB_TARGET, CONSOLE_TARGET, API_TARGET (deploy/cloudflare/README.md).
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readSettings } from '../shared/env.ts'
import { CloudflareApi } from './cloudflare/api.ts'
import { plan } from './cloudflare/plan.ts'
import { readZone } from './cloudflare/zone.ts'

const { values } = parseArgs({ options: { apply: { type: 'boolean', default: false } } })
const name = z.string().regex(/^[\w.-]+$/, 'a host name')
const settings = readSettings(
  {
    CLOUDFLARE_API_TOKEN: z.string().min(1),
    CLOUDFLARE_ACCOUNT_ID: z.string().min(1),
    CLOUDFLARE_API_URL: z.url().default('https://api.cloudflare.com/client/v4'),
    DOMAIN: name,
    WEB_TARGET: name,
    CONSOLE_TARGET: name,
    API_TARGET: name,
  },
  process.env,
)

const shall = readZone(readFileSync(new URL('../deploy/cloudflare/zone.json', import.meta.url), 'utf8'), settings)
const api = new CloudflareApi(settings.CLOUDFLARE_API_URL, settings.CLOUDFLARE_API_TOKEN)
const calls = await plan(api, shall, { domain: settings.DOMAIN, account: settings.CLOUDFLARE_ACCOUNT_ID })
for (const { what, method, path, body } of calls) {
  if (values.apply) await api.ask(method, path, body)
  console.log(`${values.apply ? 'done' : 'open'}  ${what}\n      ${method} ${path}`)
}
if (calls.length === 0) console.log('nothing to do: the zone is as it shall be')
process.exitCode = calls.length > 0 && !values.apply ? 1 : 0
