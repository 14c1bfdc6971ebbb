import { z } from 'zod'
import { fromNodeHeaders } from 'better-auth/node'
import { MAX_SOURCE_CHARACTERS } from '../episodes/episodes.schema.ts'
import type { ApiSettings } from '../env.ts'
import { isDemoOn, isVerificationRequired, socialProviders } from '../http/auth.ts'
import type { Auth } from '../http/auth.ts'
import { HttpProblem } from '../http/problem.ts'
import { MAX_UPLOAD_BYTES } from '../sources/sources.schema.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'

const configSchema = z
  .object({
    environment: z.string(),
    demo: z.boolean().meta({ description: 'Whether one click signs in to the demo account.' }),
    signInWith: z.array(z.string()).meta({ description: 'Other ways to sign in: `google`, `github`.' }),
    mustVerify: z.boolean().meta({ description: 'Whether one can sign in only after confirming the address.' }),
    maxSourceCharacters: z.int(),
    modelWrites: z.boolean().meta({
      description:
        'Whether a language model writes talks. Without one they are put together from the sources: format, style and roles change nothing.',
    }),
    topics: z
      .boolean()
      .meta({ description: 'Whether a topic alone is enough: a model writes about it, or a search finds pages about it.' }),
    maxUploadBytes: z.int(),
  })
  .meta({ id: 'Config' })

export function sessionRoutes(auth: Auth, settings: ApiSettings): Route[] {
  const { ENVIRONMENT, DEMO_EMAIL, DEMO_PASSWORD, OPENAI_API_KEY, OPENAI_BASE_URL, SEARXNG_URL } = settings
  const demo = isDemoOn(settings) ? { email: DEMO_EMAIL!, password: DEMO_PASSWORD! } : undefined
  return [
    route({
      method: 'get',
      path: '/api/config',
      summary: 'What a client must know before anybody signs in.',
      access: 'anyone',
      answers: { 200: { description: 'The settings.', schema: configSchema } },
      handler: async () => ({
        status: 200,
        body: {
          environment: ENVIRONMENT,
          demo: demo !== undefined,
          signInWith: Object.keys(socialProviders(settings)),
          mustVerify: isVerificationRequired(settings),
          maxSourceCharacters: MAX_SOURCE_CHARACTERS,
          modelWrites: Boolean(OPENAI_API_KEY || OPENAI_BASE_URL),
          topics: Boolean(OPENAI_API_KEY || OPENAI_BASE_URL || SEARXNG_URL),
          maxUploadBytes: MAX_UPLOAD_BYTES,
        },
      }),
    }),
    route({
      method: 'post',
      path: '/api/demo/sign-in',
      summary: 'Sign in to the demo account. Off in production.',
      access: 'anyone',
      limit: 'sign-in',
      answers: { 204: { description: 'Signed in; the cookie is set.', schema: null } },
      problems: ['not-found'],
      handler: async ({ req, res }) => {
        if (!demo) throw new HttpProblem('not-found', 'There is no demo account here.')
        const { headers } = await auth.api.signInEmail({ body: demo, headers: fromNodeHeaders(req.headers), returnHeaders: true })
        for (const cookie of headers.getSetCookie()) res.append('set-cookie', cookie)
        return { status: 204 }
      },
    }),
  ]
}
