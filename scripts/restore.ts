// npm run restore -- --list | --dry-run | --to URL: shows the backups there are, tries one without changing anything, or restores one into an empty database.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { Manifest } from '../shared/backup/manifest.ts'
import { majorOf } from '../shared/backup/pg-programs.ts'
import { rowsOf } from '../shared/backup/figures.ts'
import { contentsOf } from '../shared/backup/restore-dump.ts'
import { databaseName } from '../shared/backup/sql-client.ts'
import { checkDump, listBackups, openDump, places, readManifest } from '../shared/backup/vault.ts'
import { faultsOfTarget } from './backups/check-target.ts'
import { restoreInto } from './backups/restore-into.ts'
import { surroundings } from './backups/surroundings.ts'
import type { Surroundings } from './backups/surroundings.ts'

const help = `npm run restore -- --list                       the backups that count, the newest first
npm run restore -- --dry-run [--backup ID] [--to URL]  everything but the restore itself; without ID the newest
npm run restore -- --to URL [--backup ID]       restores into an empty database, signed in as the one who shall own it

Where things are is taken from the environment (.env.example), and what that leaves out from the product that runs here.`

const news = (text: string) => console.log(`restore: ${text}`)

try {
  await main()
} catch (error) {
  console.error(`restore: ${(error as Error).message}`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      to: { type: 'string' },
      backup: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { list, 'dry-run': isDry, to, backup } = values
  if (values.help || (!list && !isDry && !to)) return console.log(help)
  const around = surroundings(process.env)
  try {
    if (list) return await showList(around)
    const manifest = await chosen(around, backup)
    await prove(manifest, around, to)
    if (isDry || !to) return news('nothing was changed: this was the dry run')
    if (!(await isMeant(to))) throw new Error('not restored: the name was not typed')
    await restoreInto(to, manifest, around, news)
    news(`${databaseName(to)} holds the backup of ${manifest.takenAt}. Next:
  1. let DATABASE_URL, DATABASE_OWNER_URL and BACKUP_DATABASE_URL name it, run npm run migrate, and start API and worker anew
  2. in the console, let the store be looked through, and mend what is found
  3. make a backup: npm run backup`)
  } finally {
    around.store.close()
  }
}

async function showList({ store, keys }: Surroundings): Promise<void> {
  const found = await listBackups(store, keys)
  if (found.length === 0) return news('there is no backup')
  for (const { id, manifest, refused } of found)
    console.log(manifest ? `${id}  ${manifest.takenAt}  ${inWords(manifest)}` : `${id}  NOT TO BE TRUSTED: ${refused}`)
}

function inWords({ dump, figures, migration }: Manifest): string {
  return `${(dump.bytes / 1e6).toFixed(1)} MB  ${rowsOf(figures)} rows  ${migration ?? ''}${dump.encrypted ? '  encrypted' : ''}`
}

/** The signature comes first: nothing else of a backup is looked at before. */
async function chosen({ store, keys }: Surroundings, wanted: string | undefined): Promise<Manifest> {
  if (wanted && !(await store.size(places.manifest(wanted)))) throw new Error(`there is no verified backup ${wanted}`)
  if (wanted) return readManifest(store, keys, wanted)
  const [newest] = (await listBackups(store, keys)).flatMap(({ manifest }) => manifest ?? [])
  if (!newest) throw new Error('there is no backup whose signature is right')
  return newest
}

/** All that can be known before a byte is restored. */
async function prove(
  manifest: Manifest,
  { store, seal, restore, settings }: Surroundings,
  to: string | undefined,
): Promise<void> {
  news(`${manifest.backupId} of ${manifest.takenAt}: the signature is right, ${inWords(manifest)}`)
  const major = await majorOf(restore)
  if (major !== manifest.serverMajor)
    throw new Error(`${restore.path} is of version ${major}, the backup of ${manifest.serverMajor}`)
  if (to) {
    const faults = await faultsOfTarget(to, { serverMajor: manifest.serverMajor, live: settings.DATABASE_URL })
    if (faults.length > 0) throw new Error(`it cannot be restored there: ${faults.join('; ')}`)
    news(`${databaseName(to)} is empty and of the right version`)
  }
  await checkDump(store, manifest.dump)
  const tables = (await contentsOf(restore, await openDump(store, manifest.dump, seal))).filter((line) =>
    / TABLE DATA /.test(line),
  )
  if (tables.length !== Object.keys(manifest.figures.tables).length)
    throw new Error(`the dump holds ${tables.length} tables, the manifest ${Object.keys(manifest.figures.tables).length}`)
  news(`every byte of the dump is as it was stored; it holds ${tables.length} tables`)
}

async function isMeant(to: string): Promise<boolean> {
  const name = databaseName(to)
  const questions = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await questions.question(`Type the name of the database to fill (${name}): `)).trim() === name
  } finally {
    questions.close()
  }
}
