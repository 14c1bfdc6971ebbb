import { isDeepStrictEqual } from 'node:util'
import type { CloudflareApi } from './api.ts'
import type { Zone } from './zone.ts'

/** One call that is still to be made, and what it is for. */
export type Call = { what: string; method: 'POST' | 'PUT' | 'PATCH'; path: string; body: unknown }

type Place = { domain: string; account: string }
type DnsRecord = { id: string; type: string; name: string; content: string; proxied: boolean; comment?: string | null }

/** Every call that brings the zone to what it shall be; none when it is so already. */
export async function plan(api: CloudflareApi, shall: Zone, { domain, account }: Place): Promise<Call[]> {
  const [zone] = (await api.ask<{ id: string }[]>('GET', `/zones?name=${domain}`)) ?? []
  if (!zone) throw new Error(`no zone ${domain} in this account: add the domain in Cloudflare first, then set its name servers`)
  const at = `/zones/${zone.id}`
  const calls: Call[] = []
  for (const one of [settings(api, shall, at), records(api, shall, at, domain), rulesets(api, shall, at)])
    calls.push(...(await one))
  return [...calls, ...(await bucketDomains(api, shall, account, zone.id))]
}

async function settings(api: CloudflareApi, shall: Zone, at: string): Promise<Call[]> {
  const calls: Call[] = []
  for (const [name, value] of Object.entries(shall.settings)) {
    const is = await api.ask<{ value: unknown }>('GET', `${at}/settings/${name}`)
    if (!contains(is?.value, value))
      calls.push({ what: `setting ${name}`, method: 'PATCH', path: `${at}/settings/${name}`, body: { value } })
  }
  return calls
}

/** A record of the same name is changed, never doubled; records that are not ours are left alone. */
async function records(api: CloudflareApi, shall: Zone, at: string, domain: string): Promise<Call[]> {
  const calls: Call[] = []
  for (const record of shall.records) {
    const name = record.name === '@' ? domain : `${record.name}.${domain}`
    const body = { ...record, name, ttl: 1 }
    const found = (await api.ask<DnsRecord[]>('GET', `${at}/dns_records?name=${name}`)) ?? []
    const same = found.find(({ type }) => ['A', 'AAAA', 'CNAME'].includes(type) === ['A', 'AAAA', 'CNAME'].includes(record.type))
    if (same && contains(same, { ...record, name })) continue
    const what = `record ${record.type} ${name} -> ${record.content}`
    if (same) calls.push({ what, method: 'PUT', path: `${at}/dns_records/${same.id}`, body })
    else calls.push({ what, method: 'POST', path: `${at}/dns_records`, body })
  }
  return calls
}

/** A phase's list of rules is one thing: it is put as a whole, so that what was taken out of the file goes there too. */
async function rulesets(api: CloudflareApi, shall: Zone, at: string): Promise<Call[]> {
  const calls: Call[] = []
  for (const [phase, rules] of Object.entries(shall.rulesets)) {
    const path = `${at}/rulesets/phases/${phase}/entrypoint`
    const is = await api.ask<{ rules?: unknown[] }>('GET', path)
    const isSame = is?.rules?.length === rules.length && rules.every((rule, index) => contains(is.rules?.[index], rule))
    if (!isSame) calls.push({ what: `${rules.length} rules of ${phase}`, method: 'PUT', path, body: { rules } })
  }
  return calls
}

async function bucketDomains(api: CloudflareApi, shall: Zone, account: string, zoneId: string): Promise<Call[]> {
  const calls: Call[] = []
  for (const { bucket, domain } of shall.bucketDomains) {
    const path = `/accounts/${account}/r2/buckets/${bucket}/domains/custom`
    const is = await api.ask<{ domains: { domain: string; enabled: boolean }[] }>('GET', path)
    if (is?.domains.some((one) => one.domain === domain && one.enabled)) continue
    calls.push({
      what: `bucket ${bucket} at ${domain}`,
      method: 'POST',
      path,
      body: { domain, enabled: true, zoneId, minTLS: '1.2' },
    })
  }
  return calls
}

/** Whether all that `shall` says holds in `is`, which may say more. */
function contains(is: unknown, shall: unknown): boolean {
  if (typeof shall !== 'object' || shall === null || Array.isArray(shall)) return isDeepStrictEqual(is, shall)
  if (typeof is !== 'object' || is === null) return false
  return Object.entries(shall).every(([name, value]) => contains((is as Record<string, unknown>)[name], value))
}
