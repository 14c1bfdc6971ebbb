import { Prisma } from '../../prisma/client.ts'
import type { Activities, FindingKind, ReconcileRef } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { neededKeys, usedKeys } from './referring-columns.ts'
import { noteFound, noteMended } from './reconcile-report.ts'
import { giveRow, removeOrphan } from './remove-orphan.ts'
import { removalsAllowed } from './removals-allowed.ts'

type Deeds = Pick<Activities, 'reconcileObjects'>

interface Keyed {
  key: string
}

/** The bucket as listed, the moment before which nothing was touched, and the report. */
interface Look {
  ref: ReconcileRef
  before: Date
  deed: Deed
}

/**
 * The bucket against the rows. A row is written before an object's first byte and says `done` after its last, so what is found here was left by
 * a killed process, or removed behind our back. Nothing that was touched within the hour is looked at.
 */
export function objectDeeds(deps: Deps): Deeds {
  return {
    reconcileObjects: (ref) =>
      beating(async (deed) => {
        const look = { ref, deed, before: new Date(Date.now() - deps.reconcileAgeMs) }
        const objects = await listBucket(deps, look)
        await reportMissing(deps, look)
        await removeOrphans(deps, look, objects)
      }),
  }
}

/** Puts the bucket beside the rows, so that the database can compare them, however many there are. Answers how many objects there are. */
async function listBucket({ db, store }: Deps, { ref: { runId }, deed }: Look): Promise<number> {
  await db.listedObject.deleteMany({ where: { runId } })
  let objects = 0
  for await (const page of store.pages()) {
    deed.signal.throwIfAborted()
    const keys = page.map(({ key }) => key)
    const times = page.map(({ modifiedAt }) => modifiedAt.toISOString())
    objects += await db.$executeRaw`
      INSERT INTO listed_objects (run_id, key, modified_at)
      SELECT ${runId}::uuid, * FROM unnest(${keys}::text[], ${times}::text[]::timestamptz[]) ON CONFLICT DO NOTHING`
  }
  await db.reconcileRun.update({ where: { id: runId }, data: { objects } })
  return objects
}

const isListed = (runId: string) =>
  Prisma.sql`EXISTS (SELECT 1 FROM listed_objects l WHERE l.run_id = ${runId}::uuid AND l.key = o.key)`

/** Said and left to a person: nothing here can bring back what is gone. */
async function reportMissing({ db }: Deps, { ref, before }: Look): Promise<void> {
  const missing = await db.$queryRaw<Keyed[]>`
    SELECT n.key FROM (${neededKeys}) n LEFT JOIN stored_objects o ON o.key = n.key
    WHERE (o.key IS NULL OR o.touched_at < ${before})
      AND NOT EXISTS (SELECT 1 FROM listed_objects l WHERE l.run_id = ${ref.runId}::uuid AND l.key = n.key)`
  await noteFound(db, ref, 'object-missing', foundOf(missing))
}

async function removeOrphans(deps: Deps, look: Look, objects: number): Promise<void> {
  const { ref } = look
  const orphans = await findOrphans(deps, look)
  for (const [kind, keys] of orphans) await noteFound(deps.db, ref, kind, foundOf(keys.map((key) => ({ key }))))
  const uploads = (await deps.store.unfinishedUploads()).filter(({ begunAt }) => begunAt < look.before)
  const inParts = uploads.map(({ key }) => ({ key: `${key} (parts)` }))
  if (inParts.length > 0) await noteFound(deps.db, ref, 'upload-unfinished', addTo(orphans.get('upload-unfinished')!, inParts))
  if (ref.mode !== 'apply') return
  const kinds = [...orphans.keys()]
  // A row without an object takes nothing away from anybody.
  const removals = kinds.filter((kind) => kind !== 'row-without-object').flatMap((kind) => orphans.get(kind)!).length
  if (removals > removalsAllowed(objects) && !ref.allowMany) return refuse(deps, ref, kinds)
  for (const [kind, keys] of orphans) for (const key of keys) await removeAndNote(deps, look, kind, key)
  for (const { key, uploadId } of uploads) {
    await deps.store.abortUpload(key, uploadId)
    await noteMended(deps.db, ref, 'upload-unfinished', 1)
  }
}

async function findOrphans({ db }: Deps, { ref: { runId }, before }: Look): Promise<Map<FindingKind, string[]>> {
  // NOT EXISTS, which Postgres answers by one pass over both sides; NOT IN of more keys than fit its memory it would ask row by row.
  const isUnused = (key: Prisma.Sql) => Prisma.sql`NOT EXISTS (SELECT 1 FROM (${usedKeys}) used WHERE used.key = ${key})`
  const quiet = Prisma.sql`o.touched_at < ${before} AND ${isUnused(Prisma.sql`o.key`)}`
  const queries: [FindingKind, Prisma.Sql][] = [
    [
      'object-without-row',
      Prisma.sql`SELECT l.key FROM listed_objects l LEFT JOIN stored_objects o ON o.key = l.key
        WHERE l.run_id = ${runId}::uuid AND l.modified_at < ${before} AND o.key IS NULL AND ${isUnused(Prisma.sql`l.key`)}`,
    ],
    ['object-unused', Prisma.sql`SELECT o.key FROM stored_objects o WHERE o.status = 'done' AND ${quiet} AND ${isListed(runId)}`],
    ['upload-unfinished', Prisma.sql`SELECT o.key FROM stored_objects o WHERE o.status = 'pending' AND ${quiet}`],
    [
      'row-without-object',
      Prisma.sql`SELECT o.key FROM stored_objects o WHERE o.status = 'done' AND ${quiet} AND NOT ${isListed(runId)}`,
    ],
  ]
  const orphans = new Map<FindingKind, string[]>()
  for (const [kind, query] of queries)
    orphans.set(
      kind,
      (await db.$queryRaw<Keyed[]>(query)).map(({ key }) => key),
    )
  return orphans
}

async function refuse({ db }: Deps, { runId }: ReconcileRef, kinds: FindingKind[]): Promise<void> {
  await db.reconcileFinding.updateMany({ where: { runId, kind: { in: kinds }, found: { gt: 0 } }, data: { refused: true } })
}

async function removeAndNote(deps: Deps, { ref, before, deed }: Look, kind: FindingKind, key: string): Promise<void> {
  deed.signal.throwIfAborted()
  if (kind === 'object-without-row') await giveRow(deps, key)
  if (await removeOrphan(deps, key, before)) await noteMended(deps.db, ref, kind, 1)
}

const foundOf = (rows: Keyed[]) => ({ count: rows.length, samples: rows.slice(0, 5).map(({ key }) => key) })
const addTo = (keys: string[], more: Keyed[]) => foundOf([...more, ...keys.map((key) => ({ key }))])
