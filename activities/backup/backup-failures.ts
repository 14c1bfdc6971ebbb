import { DumpDamaged } from '../../shared/backup/vault.ts'
import { PgProgramFailed } from '../../shared/backup/pg-programs.ts'
import { isFailure, later, never } from '../failures.ts'

/** What the bucket answers that no waiting mends. */
const REFUSALS = new Set([401, 403, 404])
/** Full disks, and rights that are missing: a person must help, and the next scheduled backup tries again. */
/** A program that ends with an error and says nothing of these would end so again. */
const PASSING = /connection|SIGKILL|SIGTERM|starting up|shutting down|recovery mode|lock timeout|deadlock/i
const HOPELESS = /No space left on device|could not extend file|permission denied|must be owner|password authentication failed/i

/** Runs a deed of a backup; what goes wrong is told in words, and for good when trying again would change nothing. */
export async function inPlainWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isFailure(error)) throw error
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    const status = $metadata?.httpStatusCode
    if (error instanceof DumpDamaged) throw never('backup-damaged', message)
    if (status && REFUSALS.has(status)) throw never('backup-bucket-refused', `the bucket of backups answered ${status} ${name}`)
    if (HOPELESS.test(message)) throw never('backup-impossible', message.slice(-800))
    if (!(error instanceof PgProgramFailed)) throw later('backup-broke-off', message.slice(-800))
    throw (PASSING.test(message) ? later : never)('backup-program-failed', message.slice(-800))
  }
}
