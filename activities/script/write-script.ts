import { Prisma } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, SectionRef, VersionRef } from '../../workflows/contract.ts'
import { cancelCall, failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { OpenCall } from '../cost/ledger.ts'
import type { Deed } from '../deed.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { lineRefs } from '../speech/line-refs.ts'
import { sourceTexts } from '../sources/read-source.ts'
import { withNotice } from './notice.ts'
import { ScriptFailed } from './port.ts'
import type { Outline, OutlineRequest, ScriptWriter, Usage } from './port.ts'

type Deeds = Pick<Activities, 'outlineScript' | 'writeSection'>

interface Speaker {
  name: string
  voiceId: string
  role?: string
}

/** The brief as the door froze it; only what writing needs. */
interface Brief {
  kind: 'podcast' | 'narration'
  language: Language
  title: string
  speakers: Speaker[]
  format?: string
  style?: string
  targetMinutes?: number
  notice?: boolean
}

interface Task {
  userId: string
  brief: Brief
  writer: ScriptWriter
  request: OutlineRequest
}

export function scriptDeeds(deps: Deps): Deeds {
  const { db, redis } = deps
  return {
    async outlineScript({ episodeId, versionId }) {
      return beating(async (deed) => {
        const version = await db.version.findUniqueOrThrow({ where: { id: versionId } })
        if (version.outline) return { sections: (version.outline as unknown as Outline).sections.length }
        const task = await taskOf(deps, episodeId)
        const call = await open(deps, task, { episodeId, versionId }, deed, 'outline')
        const { outline, usage } = await guarded(deps, call, deed, () => task.writer.outline(task.request, deed))
        await db.$transaction(async (tx) => {
          await settleCall(tx, call, unitsOf(usage))
          await tx.version.update({ where: { id: versionId }, data: { outline: outline as unknown as Prisma.InputJsonObject } })
        })
        await announce(redis, episodeId, [{ type: 'outline' }])
        return { sections: outline.sections.length }
      })
    },

    async writeSection(ref) {
      return beating(async (deed) => {
        const version = await db.version.findUniqueOrThrow({ where: { id: ref.versionId } })
        if (version.sectionsWritten > ref.section) return lineRefs(db, ref)
        const task = await taskOf(deps, ref.episodeId)
        // What an earlier try left half written was never voiced, so it may go.
        await db.line.deleteMany({ where: { versionId: ref.versionId, section: ref.section } })
        const call = await open(deps, task, ref, deed, `section-${ref.section}`)
        const outline = version.outline as unknown as Outline
        const usage = await guarded(deps, call, deed, () => writeLines(deps, task, ref, outline, deed))
        await db.$transaction(async (tx) => {
          await settleCall(tx, call, unitsOf(usage))
          await tx.version.update({ where: { id: ref.versionId }, data: { sectionsWritten: ref.section + 1 } })
        })
        return lineRefs(db, ref)
      })
    },
  }
}

/** Stores each line the moment it is written, so that people read the script as it grows. */
async function writeLines({ db, redis }: Deps, task: Task, ref: SectionRef, outline: Outline, deed: Deed): Promise<Usage> {
  const { brief, writer, request } = task
  const written = await db.line.findMany({
    where: { versionId: ref.versionId, section: { lt: ref.section } },
    orderBy: { position: 'asc' },
    select: { speaker: true, text: true, pauseAfterMs: true },
  })
  let position = written.length
  const writing = writer.section({ ...request, outline, sectionIndex: ref.section, written }, deed)
  const isNoticed = brief.notice && ref.section === 0
  const drafts = isNoticed ? withNotice(writing, { ...brief, speaker: brief.speakers[0]!.name }) : writing
  for (;;) {
    const next = await drafts.next()
    if (next.done) return next.value
    const draft = next.value
    const speaker = brief.speakers.find(({ name }) => name === draft.speaker) ?? brief.speakers[0]!
    const { id: lineId } = await db.line.create({
      data: {
        versionId: ref.versionId,
        section: ref.section,
        position: position++,
        speaker: speaker.name,
        voiceId: speaker.voiceId,
        text: draft.text,
        direction: draft.direction ?? null,
        pauseAfterMs: draft.pauseAfterMs,
        sourceRefs: draft.sourceRefs as unknown as Prisma.InputJsonArray,
      },
      select: { id: true },
    })
    await announce(redis, ref.episodeId, [{ type: 'line', lineId }])
  }
}

async function taskOf(deps: Deps, episodeId: string): Promise<Task> {
  const [episode, sources] = await Promise.all([
    deps.db.episode.findUniqueOrThrow({ where: { id: episodeId } }),
    sourceTexts(deps, episodeId),
  ])
  const brief = episode.brief as unknown as Brief
  const { verbatim, ownScript, talk } = deps.writers
  const writer = sources[0]?.kind === 'script' ? ownScript : brief.kind === 'narration' ? verbatim : talk
  const voice = await deps.db.voice.findUniqueOrThrow({ where: { id: brief.speakers[0]!.voiceId } })
  const { unitsPerSecond } = voice.settings as { unitsPerSecond?: number }
  return { userId: episode.userId, brief, writer, request: { ...brief, sources, ...(unitsPerSecond && { unitsPerSecond }) } }
}

function open({ db }: Deps, { userId, writer }: Task, ref: VersionRef, deed: Deed, part: string): Promise<OpenCall> {
  return openCall(db, {
    userId,
    episodeId: ref.episodeId,
    versionId: ref.versionId,
    step: 'script',
    provider: writer.provider,
    model: writer.model,
    ...(writer.unit === 'token' ? { unit: 'input-token', outputUnit: 'output-token' } : { unit: 'character' }),
    contentKey: `script:${ref.versionId}:${part}`,
    attempt: deed.attempt,
    attemptPrefix: deed.attemptPrefix,
  })
}

/** Runs a writer's call; however it ends, its row in the ledger says so. */
async function guarded<T>({ db }: Deps, call: OpenCall, { signal }: Deed, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) {
      await cancelCall(db, call)
      throw stopped(signal)
    }
    if (!(error instanceof ScriptFailed)) throw error
    await failCall(db, call, error.code, error.usage && unitsOf(error.usage))
    throw error.retryable ? later(error.code, error.message, error.retryAfterMs) : never(error.code, error.message)
  }
}

const unitsOf = ({ inputUnits, outputUnits }: Usage) => ({ input: inputUnits, output: outputUnits })
