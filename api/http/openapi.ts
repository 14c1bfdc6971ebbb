import { createDocument } from 'zod-openapi'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { z } from 'zod'
import { entrySchemas } from '../session/entry.schema.ts'
import { problemSchema, problemStatus } from './problem.ts'
import type { ProblemCode } from './problem.ts'
import { mayBeLeftOut, scopeOf } from './route.ts'
import type { Route } from './route.ts'

const usual: ProblemCode[] = ['invalid-request', 'too-many-requests', 'headers-too-large', 'internal', 'unavailable']
const ofBodies: ProblemCode[] = ['invalid-json', 'too-large', 'unsupported-media-type']

/** The OpenAPI 3.1 document of the declared routes. */
export function openApiDocument(routes: Route[]) {
  const paths: ZodOpenApiPathsObject = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'AIMake', version: '1', description: 'From a text to a finished podcast or narration.' },
    servers: [{ url: '/' }],
    components: {
      schemas: entrySchemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: 'Made at `POST /api/keys`; the word beside it is the scope it needs.',
        },
      },
    },
    paths,
  })
}

function operation(route: Route): ZodOpenApiOperationObject {
  const header = route.idempotent
    ? z.object({
        'Idempotency-Key': z
          .string()
          .regex(/^[\x21-\x7e]{1,255}$/)
          .optional()
          .meta({ description: 'The same key and body again: the same episode, not a second one.' }),
      })
    : undefined
  return {
    operationId: operationId(route),
    summary: route.summary,
    security: securityOf(route),
    requestParams: {
      ...(route.params ? { path: route.params as z.ZodObject } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(header ? { header } : {}),
    },
    ...(route.body
      ? {
          requestBody: {
            required: !mayBeLeftOut(route.body),
            content: { 'application/json': { schema: route.body as z.ZodType } },
          },
        }
      : {}),
    ...(route.upload && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          route.upload.types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
        ),
      },
    }),
    responses: { ...answers(route), ...problems(route) },
  }
}

function securityOf(route: Route): Record<string, string[]>[] {
  if (route.access === 'anyone') return []
  const scope = scopeOf(route)
  return scope === 'session' ? [{ session: [] }] : [{ session: [] }, { key: [scope] }]
}

function answers(route: Route): ZodOpenApiOperationObject['responses'] {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { description, schema, contentType }]) => [
      status,
      schema || contentType
        ? { description, content: { [contentType ?? 'application/json']: { schema: schema ?? z.string() } } }
        : { description },
    ]),
  )
}

function problems(route: Route): ZodOpenApiOperationObject['responses'] {
  const guard: ProblemCode[] =
    route.access === 'anyone'
      ? []
      : ['not-signed-in', 'wrong-credentials', 'missing-scope', ...(route.access === 'user' ? [] : (['forbidden'] as const))]
  const byStatus = Map.groupBy(
    new Set([...usual, ...(route.body ? ofBodies : []), ...guard, ...(route.problems ?? [])]),
    (code) => problemStatus[code],
  )
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.join(', '), content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  )
}

/** `GET /api/episodes/{id}/script` -> `getEpisodesIdScript`. */
function operationId({ method, path }: Route): string {
  const words = path.replace(/^\/api/, '').match(/[a-zA-Z0-9]+/g) ?? []
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
}
