import { hash, verify } from '@node-rs/argon2'
import { verifyPassword as verifyScrypt } from 'better-auth/crypto'

/** OWASP's first choice: 19 MiB, two passes, one lane. About 22 ms of a core. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Argon2id of a password, with its own salt, in the usual `$argon2id$...` form. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), argon2id)

/** Whether the password is the one of this hash, be it Argon2id or scrypt, as passwords were kept before. A hash nobody can read is `false`. */
export async function isPassword(kept: string, password: string): Promise<boolean> {
  try {
    if (isOutdated(kept)) return await verifyScrypt({ hash: kept, password })
    return await verify(kept, password.normalize('NFKC'))
  } catch {
    return false
  }
}

/** Whether a hash is of the kind before: its password should be hashed anew the next time it is known. */
export const isOutdated = (kept: string): boolean => !kept.startsWith('$argon2id$')
