import { z } from 'zod'

/** Every way a request can be refused: a closed list; the compiler keeps code and status together. */
export const problemStatus = {
  'invalid-request': 400,
  'invalid-json': 400,
  'email-invalid': 400,
  'password-too-short': 400,
  'password-too-long': 400,
  'link-over': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'wrong-code': 401,
  'over-plan': 402,
  forbidden: 403,
  'missing-scope': 403,
  'email-unconfirmed': 403,
  suspended: 403,
  'not-found': 404,
  'no-sample': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'idempotency-key-reused': 409,
  'wrong-state': 409,
  'revision-conflict': 409,
  'kept-by-policy': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'email-taken': 422,
  'nothing-to-say': 422,
  'unknown-voice': 422,
  'unknown-speaker': 422,
  'script-unreadable': 422,
  'source-kind-unavailable': 422,
  'source-unreadable': 422,
  'url-refused': 422,
  'upload-missing': 422,
  'price-unknown': 422,
  'budget-too-low': 422,
  'cover-unusable': 422,
  'feed-refused': 422,
  'webhook-address-refused': 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problemStatus

export const problemCodes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'A page about this kind of problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, and what to do next.' }),
    code: z.enum(problemCodes),
    requestId: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Where in the request, when that can be said.' }),
    revision: z.string().optional().meta({ description: 'With `revision-conflict`: the newest one. Read it, then save again.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })

export type Problem = z.infer<typeof problemSchema>

/** Thrown anywhere behind the door; the door answers it as `application/problem+json`. */
export class HttpProblem extends Error {
  readonly code: ProblemCode
  readonly errors: { path: string; message: string }[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly revision: string | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: { path: string; message: string }[]; retryAfterSeconds?: number; revision?: string } = {},
  ) {
    super(detail)
    this.code = code
    this.errors = more.errors
    this.retryAfterSeconds = more.retryAfterSeconds
    this.revision = more.revision
  }
}
