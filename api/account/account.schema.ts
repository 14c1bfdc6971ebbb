import { z } from 'zod'

export const accountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    language: z.enum(['zh', 'en']),
    role: z.enum(['user', 'support', 'admin']),
    isDemo: z.boolean(),
    mailNotices: z.boolean().meta({ description: 'Whether a mail says that an episode is ready or needs you.' }),
    twoFactor: z.boolean(),
    hasPassword: z.boolean(),
    signInWith: z.array(z.string()).meta({ description: 'Other ways to sign in that lead to this account.' }),
    createdAt: z.string(),
  })
  .meta({ id: 'Account' })

export const changeAccountSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  language: z.enum(['zh', 'en']).optional(),
  mailNotices: z.boolean().optional(),
})

export const ownSessionsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      isThisOne: z.boolean(),
      ipAddress: z.string().nullable(),
      userAgent: z.string().nullable(),
      createdAt: z.string(),
      lastSeenAt: z.string(),
      expiresAt: z.string(),
    }),
  ),
})

/** Written as a stream, and as the rows are: whatever is kept of a person is theirs to see. */
export const exportSchema = z.looseObject({ exportedAt: z.iso.datetime() }).meta({ id: 'AccountExport' })

export const eraseSchema = z.strictObject({
  email: z.string().max(320).meta({ description: 'The address of the account, typed once more.' }),
  password: z.string().max(128).optional().meta({ description: 'Needed when the account has one.' }),
})
