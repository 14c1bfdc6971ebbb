import { once } from 'node:events'
import type { Response } from 'express'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { PersonId } from '../http/authorized.ts'

const AT_ONCE = 200

/** What is told of somebody, part by part; each reads a page of rows after the last one it gave. */
interface Part {
  name: string
  page: (after: string | undefined) => Promise<{ id: string; row: unknown }[]>
}

/**
 * Writes everything that is kept of somebody as one JSON document, row by row, so that a thousand episodes need no more memory than one. Sound is
 * linked, for an hour. What would let somebody in (hashes, secrets, tokens) is not part of it.
 */
export async function writeExport(db: Database, store: ObjectStore, userId: PersonId, res: Response): Promise<void> {
  const { twoFactorEnabled, ...user } = await db.user.findFirstOrThrow({ where: { id: userId } })
  await put(res, `{"exportedAt":${JSON.stringify(new Date())},"account":${json({ ...user, twoFactorEnabled })}`)
  for (const { name, page } of partsOf(db, store, userId)) {
    await put(res, `,${JSON.stringify(name)}:[`)
    let rows = await page(undefined)
    for (let separator = ''; rows.length > 0 && !res.destroyed; rows = rows.length < AT_ONCE ? [] : await page(rows.at(-1)!.id))
      for (const { row } of rows) {
        await put(res, separator + json(row))
        separator = ','
      }
    await put(res, ']')
  }
  res.end('}')
}

function partsOf(db: Database, store: ObjectStore, userId: PersonId): Part[] {
  const where = (after: string | undefined) => ({ userId, ...(after && { id: { gt: after } }) })
  const paged = { orderBy: { id: 'asc' }, take: AT_ONCE } as const
  const plain =
    <R extends { id: string }>(read: (after: string | undefined) => Promise<R[]>) =>
    async (after: string | undefined) =>
      (await read(after)).map((row) => ({ id: row.id, row }))
  return [
    { name: 'sessions', page: plain((after) => db.session.findMany({ where: where(after), ...paged, omit: { token: true } })) },
    { name: 'apiKeys', page: plain((after) => db.apiKey.findMany({ where: where(after), ...paged, omit: { hash: true } })) },
    { name: 'pronunciations', page: plain((after) => db.pronunciation.findMany({ where: where(after), ...paged })) },
    { name: 'listening', page: async (after) => places(db, userId, after) },
    { name: 'voiceFavourites', page: async (after) => favourites(db, userId, after) },
    { name: 'sources', page: plain((after) => db.source.findMany({ where: where(after), ...paged })) },
    {
      name: 'shows',
      page: plain((after) => db.show.findMany({ where: where(after), ...paged, include: { feeds: { omit: { token: true } } } })),
    },
    {
      name: 'webhooks',
      page: plain((after) => db.webhook.findMany({ where: where(after), ...paged, omit: { secret: true, oldSecret: true } })),
    },
    { name: 'episodes', page: async (after) => episodes(db, store, where(after)) },
    { name: 'usage', page: plain((after) => db.usageLog.findMany({ where: where(after), ...paged })) },
  ]
}

async function places(db: Database, userId: string, after: string | undefined) {
  const where = { userId, ...(after && { episodeId: { gt: after } }) }
  const rows = await db.listening.findMany({ where, orderBy: { episodeId: 'asc' }, take: AT_ONCE })
  return rows.map((row) => ({ id: row.episodeId, row }))
}

async function favourites(db: Database, userId: string, after: string | undefined) {
  const where = { userId, ...(after && { voiceId: { gt: after } }) }
  const rows = await db.voiceFavourite.findMany({ where, orderBy: { voiceId: 'asc' }, take: AT_ONCE })
  return rows.map((row) => ({ id: row.voiceId, row }))
}

async function episodes(db: Database, store: ObjectStore, where: object) {
  const rows = await db.episode.findMany({
    where,
    orderBy: { id: 'asc' },
    take: AT_ONCE,
    include: { sources: true, versions: { orderBy: { number: 'asc' }, include: { render: true } } },
  })
  return Promise.all(
    rows.map(async ({ versions, ...episode }) => ({
      id: episode.id,
      row: {
        ...episode,
        versions: await Promise.all(
          versions.map(async ({ render, ...version }) => ({
            ...version,
            lines: await db.line.findMany({
              where: { versionId: version.id },
              orderBy: { position: 'asc' },
              select: { section: true, position: true, speaker: true, voiceId: true, text: true, direction: true, status: true },
            }),
            render,
            audioUrl: render && (await store.link(render.mp3Key)),
          })),
        ),
      },
    })),
  )
}

const json = (value: unknown) => JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))

async function put(res: Response, text: string): Promise<void> {
  if (!res.write(text) && !res.destroyed) await Promise.race([once(res, 'drain'), once(res, 'close')])
}
