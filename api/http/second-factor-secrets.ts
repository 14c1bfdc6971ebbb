import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Database } from '../../prisma/client.ts'

const AT_ONCE = 500

/**
 * Second factors are encrypted with the secret that signs sessions. While that is being changed, those of the old one are encrypted anew, so that
 * nobody is locked out once it has gone. Answers how many there were; done again it finds none.
 */
export async function renewSecondFactors(db: Database, secret: string, old: string | undefined): Promise<number> {
  if (!old) return 0
  let renewed = 0
  for (let after = ''; ;) {
    const rows = await db.twoFactor.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: AT_ONCE })
    for (const { id, secret: kept, backupCodes } of rows) {
      const [anew, codes] = [await encryptAnew(kept, secret, old), await encryptAnew(backupCodes, secret, old)]
      if (!anew || !codes) continue
      // One that was changed meanwhile is of the new secret already.
      const { count } = await db.twoFactor.updateMany({ where: { id, secret: kept }, data: { secret: anew, backupCodes: codes } })
      renewed += count
    }
    if (rows.length < AT_ONCE) return renewed
    after = rows.at(-1)!.id
  }
}

/** Nothing for what the old secret has not encrypted. */
async function encryptAnew(data: string, secret: string, old: string): Promise<string | undefined> {
  const plain = await symmetricDecrypt({ key: old, data }).catch(() => undefined)
  return plain === undefined ? undefined : symmetricEncrypt({ key: secret, data: plain })
}
