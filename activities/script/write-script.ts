import type { Prisma } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, SectionRef } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { lineRefs } from '../speech/line-refs.ts'
import { sourceTexts } from '../sources/read-source.ts'
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
        const part = { episodeId, versionId, name: 'outline' }
        const { outline } = await accounted(deps, task, part, deed, {
          work: (options) => task.writer.outline(task.request, options),
          keep: (tx, { outline: made }) =>
            tx.version.update({ where: { id: versionId }, data: { outline: made as unknown as Prisma.InputJsonObject } }),
        })
        passing('outline.committed')
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
        const outline = version.outline as unknown as Outline
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
  outline: Outline,
  options: WriterOptions,
): Promise<Usage | undefined> {
  const { brief, writer, request } = task
  const written = await db.line.findMany({
    where: { versionId: ref.versionId, section: { lt: ref.section } },
    orderBy: { position: 'asc' },
    select: { speaker: true, text: true, pauseAfterMs: true },
  })
  let position = written.length
  const writing = writer.section({ ...request, outline, sectionIndex: ref.section, written }, options)
  const isNoticed = brief.notice && ref.section === 0
  const drafts = isNoticed ? withNotice(writing, { ...brief, speaker: brief.speakers[0]!.name }) : writing
  try {
    for (;;) {
      const next = await drafts.next()
      if (next.done) return next.value
      const lineId = await storeLine(db, brief, ref, { ...next.value, position: position++ })
      await announce(redis, ref.episodeId, [{ type: 'line', lineId }])
    }
  } finally {
    // Stopped by the store, not by the writer: its call must not go on unheard.
    await writing.return(undefined)
  }
}

async function storeLine(
  db: Deps['db'],
  { speakers }: Brief,
  { versionId, section }: SectionRef,
  { position, speaker: name, text, direction, pauseAfterMs, sourceRefs }: DraftLine & { position: number },
): Promise<string> {
  const speaker = speakers.find((one) => one.name === name) ?? speakers[0]!
  const { id } = await db.line.create({
    data: {
      versionId,
      section,
      position,
      speaker: speaker.name,
      voiceId: speaker.voiceId,
      text,
      direction: direction ?? null,
      pauseAfterMs,
      sourceRefs: sourceRefs as unknown as Prisma.InputJsonArray,
    },
    select: { id: true },
  })
  return id
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
