import { Readable } from 'node:stream'
import { activityInfo } from '@temporalio/activity'
import { readFigures, readSequences, rowsOf } from '../../shared/backup/figures.ts'
import type { DumpedFigures } from '../../shared/backup/manifest.ts'
import { DigestStream } from '../../shared/backup/digest-stream.ts'
import { outputOf } from '../../shared/backup/pg-programs.ts'
import { sealed } from '../../shared/backup/seal.ts'
import { withClient } from '../../shared/backup/sql-client.ts'
import type { SqlClient } from '../../shared/backup/sql-client.ts'
import { places } from '../../shared/backup/vault.ts'
import { passing } from '../../shared/crash-points.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { Activities } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { toolsOf } from './backup-tools.ts'
import type { BackupTools } from './backup-tools.ts'
import { checkBefore } from './check-before.ts'
import { keepTombstones } from './bury.ts'
import { inPlainWords } from './backup-failures.ts'

type Deeds = Pick<Activities, 'dumpDatabase'>

/** What S3 takes: so many parts of an object, none but the last smaller than this. */
const MOST_PARTS = 10_000
const LEAST_PART_BYTES = 5 * 1024 * 1024
const TELL_MS = 1_000

/** One dump on its way: through these it can be watched and ended. */
interface Way {
  backupId: string
  object: string
  signal: AbortSignal
}

/** Database -> bucket, streamed. Each try has an object of its own and begins by removing those of earlier ones; it is under a temporary name. */
export function dumpDeeds(deps: Deps): Deeds {
  return {
    dumpDatabase: ({ backupId }) =>
      beating(({ signal }) =>
        inPlainWords(async () => {
          const { dumpObject } = await deps.db.backup.findUniqueOrThrow({ where: { id: backupId }, select: { dumpObject: true } })
          if (dumpObject) return
          const tools = toolsOf(deps)
          const major = await checkBefore(tools)
          await keepTombstones(deps.db, tools.store)
          await clearIncoming(tools.store, places.incoming(backupId))
          const way = { backupId, object: places.incoming(backupId, `${activityInfo().attempt}.dump`), signal }
          await deps.db.backup.update({ where: { id: backupId }, data: { step: 'dumping', bytes: 0n } })
          const made = await dumpTo(deps, tools, way)
          passing('backup.uploaded')
          await expectWhole(tools.store, way.object, made.bytes)
          await deps.db.backup.update({
            where: { id: backupId },
            data: {
              ...made,
              bytes: BigInt(made.bytes),
              rows: BigInt(rowsOf(made.figures)),
              tables: Object.keys(made.figures.tables).length,
              figures: { ...made.figures, serverMajor: major },
              dumpObject: way.object,
              step: 'drilling',
            },
          })
          passing('backup.dumped')
        }),
      ),
  }
}

/** Dump and figures of one snapshot: what is written meanwhile is in neither. */
async function dumpTo(deps: Deps, tools: BackupTools, { backupId, object, signal }: Way) {
  return withClient(tools.url, async (client) => {
    const { takenAt, snapshot } = await holdSnapshot(client)
    const [plain, stored] = [new DigestStream(), new DigestStream()]
    const stop = new AbortController()
    const either = AbortSignal.any([signal, stop.signal])
    const args = ['--format=custom', '--no-password', `--snapshot=${snapshot}`, '--lock-wait-timeout=60000']
    const dump = Readable.from(outputOf(tools.programs.dump, { args, url: tools.url, signal: either }))
    const body = through(tools.seal ? await sealed(through(dump, plain), tools.seal) : dump, stored)
    const told = setInterval(() => void tell(deps, backupId, stored.bytes), TELL_MS)
    passing('backup.dumping')
    try {
      const meta = { contentType: 'application/octet-stream' }
      const upload = tools.store.putStream(object, body, meta, either, await partBytes(client))
      const [figures] = await Promise.all([readFigures(client, either), upload])
      const sequencesAfter = await readSequences(client)
      return {
        ...stored.digest(),
        plainSha256: (tools.seal ? plain : stored).digest().sha256,
        encrypted: tools.seal !== undefined,
        takenAt,
        figures: { ...figures, sequencesAfter } satisfies DumpedFigures,
      }
    } finally {
      clearInterval(told)
      stop.abort()
    }
  })
}

/**
 * As small as can be, for several are in memory at once: 5 MB, and larger from a database of 26 GB on. A dump is at most twice its database, for it writes a
 * byte of binary data as two letters.
 */
async function partBytes(client: SqlClient): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes')
  return Math.max(LEAST_PART_BYTES, Math.ceil((2 * Number(rows[0]!.bytes)) / MOST_PARTS))
}

/** Holds still what the database looks like now, for this connection and for `pg_dump`. */
async function holdSnapshot(client: SqlClient): Promise<{ takenAt: Date; snapshot: string }> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query('SET idle_in_transaction_session_timeout = 0')
  const { rows } = await client.query<{ at: Date; snapshot: string }>('SELECT now() AS at, pg_export_snapshot() AS snapshot')
  return { takenAt: rows[0]!.at, snapshot: rows[0]!.snapshot }
}

/** Pipes, and lets an error of the source break the rest off too: half a dump must never look like a whole one. */
function through(source: Readable, digest: DigestStream): Readable {
  source.once('error', (error) => digest.destroy(error))
  return source.pipe(digest)
}

async function tell({ db }: Deps, backupId: string, bytes: number): Promise<void> {
  const where = { id: backupId, status: 'running' as const, dumpObject: null }
  await db.backup.updateMany({ where, data: { bytes: BigInt(bytes) } }).catch(() => {})
}

async function expectWhole(store: ObjectStore, object: string, bytes: number): Promise<void> {
  const kept = await store.size(object)
  if (kept !== bytes) throw new Error(`the store kept ${kept ?? 'none'} of ${bytes} bytes of ${object}`)
}

/** Removes what is under a temporary name, parts of broken uploads too. */
export async function clearIncoming(store: ObjectStore, prefix: string): Promise<void> {
  for (const { key, uploadId } of await store.unfinishedUploads())
    if (key.startsWith(prefix)) await store.abortUpload(key, uploadId)
  for await (const key of store.keys(prefix)) await store.delete(key)
}
