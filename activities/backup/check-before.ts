import { majorOf, PgProgramFailed } from '../../shared/backup/pg-programs.ts'
import { proveSeal } from '../../shared/backup/seal.ts'
import { withClient } from '../../shared/backup/sql-client.ts'
import { never } from '../failures.ts'
import type { BackupTools } from './backup-tools.ts'

/** Looks before anything is done whether a backup can be made at all, and throws for good what only a person can mend. Answers the server's major version. */
export async function checkBefore({ url, programs, seal }: BackupTools): Promise<number> {
  const server = await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version")
    return Math.floor(Number(rows[0]!.version) / 10_000)
  })
  for (const program of [programs.dump, programs.restore]) {
    const major = await majorOf(program).catch((error: unknown) => {
      throw error instanceof PgProgramFailed ? never('backup-program-missing', error.message) : error
    })
    // A newer one writes what an older server cannot take back, an older one does not know all there is.
    if (major !== server)
      throw never('backup-version-mismatch', `the server is Postgres ${server}, but ${program.path} is of version ${major}`)
  }
  if (seal)
    await proveSeal(seal).catch((error: unknown) => {
      throw never('backup-encryption-impossible', `encryption was asked for but is impossible: ${(error as Error).message}`)
    })
  return server
}
