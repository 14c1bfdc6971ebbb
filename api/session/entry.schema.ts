import { z } from 'zod'

/** How long a password may be: better-auth is told the same numbers. */
export const PASSWORD_CHARACTERS = { least: 8, most: 128 }

const email = z.email().max(320)
const newPassword = z.string().min(PASSWORD_CHARACTERS.least).max(PASSWORD_CHARACTERS.most)
const password = z.string().min(1).max(PASSWORD_CHARACTERS.most)
const code = z.string().trim().min(1).max(40)

/** What is sent under `/api/auth`, which better-auth answers: described here, for whoever asks it. */
export const entrySchemas = {
  SignUp: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email,
    password: newPassword,
    language: z.enum(['zh', 'en']),
  }),
  SignIn: z.strictObject({ email, password }),
  SecondFactor: z.strictObject({ code }).meta({ description: 'Six digits of the authenticator, or a backup code.' }),
  PasswordResetRequest: z.strictObject({ email }),
  PasswordReset: z.strictObject({ newPassword, token: z.string().min(1) }),
  PasswordChange: z.strictObject({ currentPassword: password, newPassword, revokeOtherSessions: z.boolean() }),
  EmailChange: z.strictObject({ newEmail: email }),
  PasswordProof: z.strictObject({ password }).meta({ description: 'To turn the second factor on or off.' }),
}
