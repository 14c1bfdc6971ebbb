import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lookAtSettings } from '../doctor/settings.ts'
import { railwayFaults, railwayServices } from './railway.ts'

const toml = readFileSync('railway.toml', 'utf8')

it('both files for Railway say the same', async () => {
  expect(railwayFaults(toml, await railwayServices())).toEqual([])
})

it('sees a figure of one that is not in the other, and a worker that is killed too soon', async () => {
  const services = await railwayServices()
  expect(railwayFaults(toml.replace('Timeout = 100', 'Timeout = 300'), services)).toEqual([
    'api: healthcheckTimeout is 100, in railway.toml 300',
    'worker: healthcheckTimeout is 100, in railway.toml 300',
  ])
  const hasty = services.map((service) => ({ ...service, deploy: { ...service.deploy, drainingSeconds: 30 } }))
  expect(railwayFaults('', hasty)).toEqual(['worker: killed after 30 s, and told that it has 30'])
  expect(railwayFaults('', [])).toEqual(['there is no service api', 'there is no service worker'])
})

it('no setting of API or worker is deleted at Railway', async () => {
  const asked = new Set<string>()
  const env = new Proxy<NodeJS.ProcessEnv>({}, { get: (_, name) => void asked.add(String(name)) })
  expect(() => lookAtSettings(env)).toThrow('DATABASE_URL: missing')
  // For tests only.
  asked.delete('CRASH_AT')
  expect(asked.size).toBeGreaterThan(40)
  for (const { name, variables } of await railwayServices())
    expect([...asked].filter((setting) => !variables?.[setting]).map((setting) => `${name}: ${setting}`)).toEqual([])
})
