import type { Prisma } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, SectionRef } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { lineRefs } from '../speech/line-refs.ts'
import { sourceTexts } from '../sources/read-source.ts'
import { settleBrief } from '../sources/settle-brief.ts'
import { inBatches } from './in-batches.ts'
import { withNotice } from './notice.ts'
import type { DraftLine, Outline, OutlineRequest, ScriptWriter, Usage, WriterOptions } from './port.ts'
import { accounted } from './writing-account.ts'

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

/** Of a version that something was appended to: its new sections begin at `appendedFrom`. */
interface StoredOutline extends Outline {
  appendedFrom?: number
}

interface Task {
  userId: string
  brief: Brief
  writer: ScriptWriter
  request: OutlineRequest
  /** Which of the episode's sources is the writer's first. */
  firstSource: number
}

export function scriptDeeds(deps: Deps): Deeds {
  const { db, redis } = deps
  return {
    async outlineScript({ episodeId, versionId }) {
      return beating(async (deed) => {
        const version = await db.version.findUniqueOrThrow({ where: { id: versionId } })
        const before = version.outline as StoredOutline | null
        const isWhole = before && (version.appendedSourceId === null || before.appendedFrom !== undefined)
        if (isWhole) return { sections: before.sections.length }
        await settleBrief(deps, episodeId)
        const task = await taskOf(deps, episodeId, version.appendedSourceId)
        const part = { episodeId, versionId, name: 'outline' }
        const { sections } = await accounted(deps, task, part, deed, {
          work: async (options) => {
            const { outline, usage } = await task.writer.outline(task.request, options)
            return { ...joined(before, outline), usage }
          },
          keep: (tx, { outline }) =>
            tx.version.update({ where: { id: versionId }, data: { outline: outline as unknown as Prisma.InputJsonObject } }),
        })
        passing('outline.committed')
        await announce(redis, episodeId, [{ type: 'outline' }])
        return { sections }
      })
    },

    async writeSection(ref) {
      return beating(async (deed) => {
        const version = await db.version.findUniqueOrThrow({ where: { id: ref.versionId } })
        if (version.sectionsWritten > ref.section) return lineRefs(db, ref)
        const task = await taskOf(deps, ref.episodeId, version.appendedSourceId)
        // What an earlier try left half written was never voiced, so it may go.
        await db.line.deleteMany({ where: { versionId: ref.versionId, section: ref.section } })
        const outline = version.outline as unknown as StoredOutline
        await accounted(deps, task, { ...ref, name: `section-${ref.section}` }, deed, {
          work: async (options) => ({ usage: await writeLines(deps, task, ref, outline, options) }),
          keep: (tx) => tx.version.update({ where: { id: ref.versionId }, data: { sectionsWritten: ref.section + 1 } }),
        })
        passing('section.committed')
        return lineRefs(db, ref)
      })
    },
  }
}

/** Stores each line the moment it is written, so that people read the script as it grows. */
async function writeLines(
  { db, redis }: Deps,
  task: Task,
  ref: SectionRef,
  { appendedFrom = 0, ...outline }: StoredOutline,
  options: WriterOptions,
): Promise<Usage | undefined> {
  const { brief, writer, request, firstSource } = task
  const written = await db.line.findMany({
    where: { versionId: ref.versionId, section: { lt: ref.section } },
    orderBy: { position: 'asc' },
    select: { speaker: true, text: true, pauseAfterMs: true },
  })
  let position = written.length
  // The writer of what is appended knows only its own sections, and all that was said before.
  const own = {
    outline: { ...outline, sections: outline.sections.slice(appendedFrom) },
    sectionIndex: ref.section - appendedFrom,
  }
  const writing = writer.section({ ...request, ...own, written }, options)
  const isNoticed = brief.notice && ref.section === 0
  const drafts = inBatches(isNoticed ? withNotice(writing, { ...brief, speaker: brief.speakers[0]!.name }) : writing)
  try {
    for (;;) {
      const next = await drafts.next()
      if (next.done) return next.value
      const lines = next.value.map((draft) => ({
        ...draft,
        sourceRefs: draft.sourceRefs.map((one) => ({ ...one, source: one.source + firstSource })),
        position: position++,
      }))
      const stored = await db.line.createManyAndReturn({
        data: lines.map((line) => rowOf(line, brief, ref)),
        select: { id: true },
      })
      await announce(
        redis,
        ref.episodeId,
        stored.map(({ id: lineId }) => ({ type: 'line', lineId })),
      )
    }
  } finally {
    // Stopped by the store, not by the writer: its call must not go on unheard.
    await writing.return(undefined)
  }
}

function rowOf(
  { position, speaker: name, text, direction, pauseAfterMs, sourceRefs }: DraftLine & { position: number },
  { speakers }: Brief,
  { versionId, section }: SectionRef,
): Prisma.LineCreateManyInput {
  const { name: speaker, voiceId } = speakers.find((one) => one.name === name) ?? speakers[0]!
  return {
    versionId,
    section,
    position,
    speaker,
    voiceId,
    text,
    direction: direction ?? null,
    pauseAfterMs,
    sourceRefs: sourceRefs as unknown as Prisma.InputJsonArray,
  }
}

function joined(before: Outline | null, made: Outline): { outline: StoredOutline; sections: number } {
  const outline = before
    ? { ...before, sections: [...before.sections, ...made.sections], appendedFrom: before.sections.length }
    : made
  return { outline, sections: outline.sections.length }
}

/** `onlySourceId`: the source that is appended, where the others are told already. */
async function taskOf(deps: Deps, episodeId: string, onlySourceId: string | null): Promise<Task> {
  const [episode, sources] = await Promise.all([
    deps.db.episode.findUniqueOrThrow({ where: { id: episodeId } }),
    sourceTexts(deps, episodeId, onlySourceId),
  ])
  const brief = episode.brief as unknown as Brief
  const { verbatim, ownScript, talk } = deps.writers
  const writer = sources[0]?.kind === 'script' ? ownScript : brief.kind === 'narration' ? verbatim : talk
  const voice = await deps.db.voice.findUniqueOrThrow({ where: { id: brief.speakers[0]!.voiceId } })
  const { unitsPerSecond } = voice.settings as { unitsPerSecond?: number }
  const fromKnowledge = deps.search === undefined && sources.some(({ kind }) => kind === 'topic')
  const request = { ...brief, sources, ...(fromKnowledge && { fromKnowledge }), ...(unitsPerSecond && { unitsPerSecond }) }
  return { userId: episode.userId, brief, writer, request, firstSource: onlySourceId === null ? 0 : sources[0]!.position }
}
