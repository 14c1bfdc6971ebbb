// npm run backup: makes a backup now, and shows how it goes. Ends with 1 when there is no verified backup at its end.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { HOUSE_ROLE } from '../prisma/identity.ts'
import { withClient } from '../shared/backup/sql-client.ts'
import { queues, workflowNames } from '../workflows/contract.ts'
import { readRunFile } from './launcher/run-file.ts'

const LOOK_MS = 500
const words: Record<string, string> = {
  checking: 'checking programs and versions',
  dumping: 'dumping into the bucket',
  drilling: 'restoring into a scratch database and comparing',
  keeping: 'listing the objects, signing the manifest',
  pruning: 'deleting old backups',
}

interface Row {
  id: string
  status: string
  step: string
  bytes: string | null
  rows: string | null
  failure: string | null
  ended: boolean
}

const running = readRunFile(process.env.AIMAKE_DATA_DIR || join(process.cwd(), '.data'))
for (const [name, value] of Object.entries(running?.settings ?? {})) process.env[name] ||= value
const { DATABASE_URL } = process.env
if (!DATABASE_URL || !process.env.TEMPORAL_ADDRESS) {
  console.error('backup: set DATABASE_URL and TEMPORAL_ADDRESS, or start the product first: npm start')
  process.exit(1)
}
const { connectionOptions, namespace } = loadClientConnectConfig()
const connection = await Connection.connect(connectionOptions)
try {
  const workflowId = `backup-${randomUUID()}`
  const client = new Client({ connection, ...(namespace && { namespace }) })
  const handle = await client.workflow.start(workflowNames.runBackup, { workflowId, taskQueue: queues.episodes })
  const ended = handle.result().then(
    () => true,
    () => true,
  )
  const row = await watch(DATABASE_URL, workflowId, ended)
  const size = `${(Number(row?.bytes ?? 0) / 1e6).toFixed(1)} MB, ${row?.rows ?? 0} rows`
  if (row?.status === 'verified')
    console.log(`backup: ${row.id} is verified: ${size}${row.failure ? `; but then: ${row.failure}` : ''}`)
  else if (row) console.error(`backup: FAILED: ${row.failure}`)
  else console.error('backup: another one is being made; ask again when it has ended')
  process.exitCode = row?.status === 'verified' ? 0 : 1
} finally {
  await connection.close()
}

/** Tells each step as it begins, until the run is over. Answers its row; none when it was left to another run. */
async function watch(url: string, workflowId: string, ended: Promise<boolean>): Promise<Row | undefined> {
  return withClient(url, async (client) => {
    await client.query(`SET ROLE ${HOUSE_ROLE}`)
    let told = ''
    for (;;) {
      const isOver = await Promise.race([ended, sleep(LOOK_MS).then(() => false)])
      const { rows } = await client.query<Row>(
        'SELECT id, status::text, step, bytes, rows, failure, ended_at IS NOT NULL AS ended FROM backups WHERE key = $1',
        [workflowId],
      )
      const [row] = rows
      if (row && row.step !== told) console.log(`backup: ${words[row.step] ?? row.step}`)
      told = row?.step ?? told
      if (isOver) return row
    }
  })
}
