import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readFigures } from '../../shared/backup/figures.ts'
import { otherDatabase, quoted, withClient } from '../../shared/backup/sql-client.ts'
import { notSeen, smokeRead } from './smoke-read.ts'

// The real server, and what every release so far would have left in a backup.
const { settings } = JSON.parse(readFileSync(process.env.AIMAKE_RUN_JSON!, 'utf8')) as { settings: Record<string, string> }
const folder = new URL('../../prisma/migrations/', import.meta.url)
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()

it('reads a backup of any release, before and after there was a house, and stumbles where the application has no rights', async () => {
  const owner = settings['DATABASE_OWNER_URL']!
  const name = `smoke_${randomUUID().replaceAll('-', '')}`
  const [app, own] = [otherDatabase(settings['DATABASE_URL']!, name), otherDatabase(owner, name)]
  const run = (url: string, sql: string) => withClient(url, (client) => client.query(sql))
  await run(owner, `CREATE DATABASE ${quoted(name)}`)
  try {
    await run(own, 'REVOKE ALL ON SCHEMA public FROM PUBLIC')
    for (const migration of migrations) {
      await run(own, readFileSync(new URL(`${migration}/migration.sql`, folder), 'utf8'))
      await run(own, `INSERT INTO users (id, name, email) VALUES ('${migration}', 'A', '${migration}@example.com')`)
      const { rows } = await run(own, 'SELECT count(*)::int AS users FROM users')
      expect(await smokeRead(app), migration).toMatchObject(rows[0] as { users: number })
    }
    expect(migrations).toContain('0050_own_rows')
    const figures = await withClient(own, (client) => readFigures(client))
    expect(notSeen(await smokeRead(app), figures)).toEqual([])
    await run(own, 'ALTER POLICY house ON users USING (false)')
    expect(notSeen(await smokeRead(app), figures)).toEqual(['users'])
    await run(own, 'REVOKE SELECT ON steps FROM aimake_house')
    await expect(smokeRead(app)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await run(owner, `DROP DATABASE ${quoted(name)} WITH (FORCE)`)
  }
})
