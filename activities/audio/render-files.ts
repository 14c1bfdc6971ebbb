import type { Prisma } from '../../prisma/client.ts'
import { planTimeline } from '../../shared/playlist.ts'
import { tapeOf } from '../../shared/tape.ts'
import type { Language } from '../../shared/text.ts'
import { FOR_EVER, sha256 } from '../storage/objects.ts'
import { AIGC_COMMENT, PRODUCER, aigcLabel } from './aigc-label.ts'
import { type Assembly, type LineBytes, assembleMp3 } from './assemble.ts'
import { chaptersJson, chaptersOf } from './chapters.ts'
import { coverOf } from './cover.ts'
import { type Id3Tags, id3Tag } from './id3.ts'
import type { M4aRequest } from './m4a.ts'
import { SUBRIP_CUES, subRip, transcriptCues, webVtt } from './transcript.ts'
import { type WholeLoudness, wholeLoudness } from './whole-loudness.ts'

export type Whole = Prisma.VersionGetPayload<{ include: { episode: true; lines: { include: { segment: true } } } }>
export type WholeLine = Whole['lines'][number] & { segment: NonNullable<Whole['lines'][number]['segment']> }

/** A file beside the sound, under a key that only its bytes can have. */
export interface RenderFile {
  key: string
  bytes: Uint8Array
  contentType: string
  cacheControl: string
}

/** Everything a version becomes, ready to be stored. */
export interface RenderFiles {
  mp3: Assembly & { key: string }
  transcript: RenderFile
  srt: RenderFile
  chapters: RenderFile
  cover: RenderFile
  tape: string
  loudness: WholeLoudness
  /** What an M4A of the same lines would say and be laid out like. */
  m4a: Omit<M4aRequest, 'readFlac'> & { key: string }
}

/** Makes the files of a version from its lines. Nothing is read but by the stream of the MP3; same lines, same bytes. */
export function renderFiles(version: Whole, lines: readonly WholeLine[], readLine: (key: string) => LineBytes): RenderFiles {
  const { id, title, language: code, createdAt } = version.episode
  const language = code as Language
  const timed = lines.map(({ segment, pauseAfterMs }) => ({ samples: segment.samples, frames: segment.frames, pauseAfterMs }))
  const rows = planTimeline(timed)
  const chapters = chaptersOf(
    lines.map((line) => line.section),
    rows,
    { titles: sectionTitles(version), language },
  )
  const speakers = speakersOf(version)
  const tape = tapeOf(
    lines.map(({ speaker, segment, text }) => ({ speaker: speakers.indexOf(speaker), energies: segment.energies, text })),
  )
  const cover = coverOf(tape, speakers.length === 1)
  const aigc = aigcLabel(id)
  const date = createdAt.toISOString().slice(0, 10)
  const about = { title, artist: PRODUCER, date, comment: AIGC_COMMENT, chapters, cover }
  const tags: Id3Tags = { ...about, language, texts: { AIGC: aigc } }
  const sound = lines.map(({ segment, pauseAfterMs }) => [segment.mp3Key, pauseAfterMs])
  // Everything the file is made of: the same content is the same object, another content another one.
  const name = sha256(JSON.stringify([sha256(id3Tag(tags)), sound]))
  const spoken = lines.map(({ speaker, text, segment }) => ({ speaker, text, samples: segment.samples }))
  return {
    mp3: {
      ...assembleMp3({ ...tags, lines: timed, readLine: (index) => readLine(lines[index]!.segment.mp3Key) }),
      key: `renders/${name}.mp3`,
    },
    m4a: { ...about, aigc, rows, samples: timed.map(({ samples }) => samples), key: `renders/${name}.m4a` },
    transcript: textFile(webVtt(transcriptCues(spoken, rows)), 'vtt', 'text/vtt; charset=utf-8'),
    srt: textFile(subRip(transcriptCues(spoken, rows, SUBRIP_CUES)), 'srt', 'application/x-subrip; charset=utf-8'),
    chapters: textFile(chaptersJson(title, chapters), 'chapters.json', 'application/json+chapters'),
    cover: fileOf(cover, 'png', 'image/png'),
    tape,
    loudness: wholeLoudness(
      lines.map(({ segment }) => segment),
      rows,
    ),
  }
}

const fileOf = (bytes: Uint8Array, ending: string, contentType: string): RenderFile => ({
  key: `renders/${sha256(bytes)}.${ending}`,
  bytes,
  contentType,
  cacheControl: FOR_EVER,
})

const textFile = (text: string, ending: string, contentType: string): RenderFile =>
  fileOf(new TextEncoder().encode(text), ending, contentType)

const sectionTitles = ({ outline }: Whole): string[] =>
  ((outline as { sections?: { title?: string }[] } | null)?.sections ?? []).map(({ title }) => title ?? '')

function speakersOf(version: Whole): string[] {
  const { speakers } = version.episode.brief as unknown as { speakers?: { name: string }[] }
  return speakers?.map(({ name }) => name) ?? [...new Set(version.lines.map((line) => line.speaker))]
}
