import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { ProblemCode } from '../http/problem.ts'
import type { AppendService } from './append.service.ts'
import { scriptOf, versionsOf } from './episode-view.ts'
import { createdSchema, estimateSchema, scriptSchema, versionNumberSchema } from './episodes.schema.ts'
import type { EpisodeService } from './episodes.service.ts'
import * as schema from './script.schema.ts'
import type { ScriptService } from './script.service.ts'

export interface ScriptRouteDeps {
  db: Database
  episodes: EpisodeService
  scripts: ScriptService
  appends: AppendService
}

const params = z.object({ id: z.uuid() })
const lineParams = z.object({ id: z.uuid(), lineId: z.uuid() })
const versionParams = z.object({ id: z.uuid(), number: versionNumberSchema })
const edited = { 200: { description: 'What stands now, and what was ordered by it.', schema: schema.editedSchema } }
const remake = { 200: { description: 'The estimate.', schema: schema.remakeSchema } }
const notPayable: ProblemCode[] = ['unknown-voice', 'price-unknown', 'nothing-to-say']
const sourceProblems: ProblemCode[] = [
  ...notPayable,
  'unknown-speaker',
  'script-unreadable',
  'source-kind-unavailable',
  'source-unreadable',
  'url-refused',
  'upload-missing',
  'too-large',
]

/** Everything a person does to a script after it was ordered. */
export function scriptRoutes({ db, episodes, scripts, appends }: ScriptRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/episodes/{id}/script',
      summary: 'The script, line by line.',
      access: 'user',
      params,
      answers: { 200: { description: 'The script as far as it is written.', schema: scriptSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await scriptOf(db, await episodes.own(caller, id)) }),
    }),
    route({
      method: 'put',
      path: '/api/episodes/{id}/script',
      summary: 'Replace the script: in review where it stands, of a finished episode as its next version.',
      access: 'user',
      limit: 'create',
      params,
      body: schema.wantedScriptSchema,
      answers: edited,
      problems: ['not-found', 'wrong-state', 'revision-conflict', 'unknown-speaker', ...notPayable],
      handler: async ({ caller, params: { id }, body }) => ({ status: 200, body: await scripts.replace(caller, id, body) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/script/estimate',
      summary: 'What this script would make anew and cost, whatever its revision. Nothing is stored.',
      access: 'user',
      params,
      body: schema.wantedScriptSchema,
      answers: remake,
      problems: ['not-found', 'unknown-speaker', ...notPayable],
      handler: async ({ caller, params: { id }, body }) => ({ status: 200, body: await scripts.estimate(caller, id, body) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/approve',
      summary: 'Approve the script that waits in review; it is voiced as it stands.',
      access: 'user',
      limit: 'create',
      params,
      body: schema.approvalSchema,
      answers: { 202: { description: 'It is being voiced.', schema: null } },
      problems: ['not-found', 'wrong-state', 'revision-conflict'],
      handler: async ({ caller, params: { id }, body }) => {
        await scripts.approve(caller, id, body.revision)
        return { status: 202 }
      },
    }),
    route({
      method: 'patch',
      path: '/api/episodes/{id}/lines/{lineId}',
      summary: 'Change one line: in review and repair where it stands, of a finished episode as its next version.',
      access: 'user',
      limit: 'create',
      params: lineParams,
      body: schema.linePatchSchema,
      answers: edited,
      problems: ['not-found', 'wrong-state', 'revision-conflict', ...notPayable],
      handler: async ({ caller, params: { id, lineId }, body }) => ({
        status: 200,
        body: await scripts.patchLine(caller, id, lineId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/lines/{lineId}/estimate',
      summary: 'What this change of a line would make anew and cost. Nothing is stored.',
      access: 'user',
      params: lineParams,
      body: schema.linePatchSchema,
      answers: remake,
      problems: ['not-found', 'revision-conflict', ...notPayable],
      handler: async ({ caller, params: { id, lineId }, body }) => ({
        status: 200,
        body: await scripts.estimateLine(caller, id, lineId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/append',
      summary: 'Append a further source to a finished episode; only what is new is made.',
      access: 'user',
      limit: 'create',
      params,
      body: schema.appendSchema,
      answers: { 202: { description: 'The next version begins.', schema: createdSchema } },
      problems: ['not-found', 'wrong-state', ...sourceProblems],
      handler: async ({ caller, params: { id }, body }) => ({ status: 202, body: await appends.append(caller, id, body.source) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/append/estimate',
      summary: 'What appending this source would add and cost. Nothing is stored.',
      access: 'user',
      params,
      body: schema.appendSchema,
      answers: { 200: { description: 'The estimate.', schema: estimateSchema } },
      problems: ['not-found', ...sourceProblems],
      handler: async ({ caller, params: { id }, body }) => ({
        status: 200,
        body: await appends.estimate(caller, id, body.source),
      }),
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/versions',
      summary: 'The versions of an episode, newest first.',
      access: 'user',
      params,
      answers: { 200: { description: 'All of them.', schema: schema.versionsSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({
        status: 200,
        body: await versionsOf(db, await episodes.own(caller, id)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/versions/{number}/restore',
      summary: 'Go back to an earlier version. It becomes the next one and costs nothing.',
      access: 'user',
      params: versionParams,
      answers: edited,
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id, number } }) => ({ status: 200, body: await scripts.restore(caller, id, number) }),
    }),
  ]
}
