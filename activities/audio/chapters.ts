import { FRAME_MS, type TimelineRow } from '../../shared/playlist.ts'
import type { Language } from '../../shared/text.ts'

/** A stretch of the finished file, without gaps between one and the next. */
export interface Chapter {
  startMs: number
  endMs: number
  title: string
}

/** What an ID3 table of contents can name; a person cannot use more either. */
const MAX_CHAPTERS = 255
const UNNAMED: Record<Language, (index: number) => string> = {
  zh: (index) => `第${index + 1}部分`,
  en: (index) => `Part ${index + 1}`,
}

// So many sections are one chapter that their number can be named.
const sectionsPerChapter = (sections: number): number => Math.ceil(sections / MAX_CHAPTERS)

/**
 * One chapter a section that has a line: from its first line to the next one's. `sections` names the section of each line, `rows` their
 * timeline; sections without a title are counted.
 */
export function chaptersOf(
  sections: readonly number[],
  rows: readonly TimelineRow[],
  { titles, language }: { titles: readonly string[]; language: Language },
): Chapter[] {
  const starts = sections.flatMap((section, index) => (index > 0 && sections[index - 1] === section ? [] : [index]))
  const each = sectionsPerChapter(starts.length)
  const chapters = starts
    .filter((_, at) => at % each === 0)
    .map((line, at) => ({
      startMs: rows[line]!.startFrame * FRAME_MS,
      endMs: 0,
      title: titles[sections[line]!]?.trim() || UNNAMED[language](at),
    }))
  const last = rows.at(-1)
  const endMs = last ? (last.startFrame + last.frames + last.silentFrames) * FRAME_MS : 0
  return chapters.map((chapter, at) => ({ ...chapter, endMs: chapters[at + 1]?.startMs ?? endMs }))
}

/** Chapters as Podcasting 2.0 reads them (application/json+chapters, version 1.2.0): times in seconds. */
export function chaptersJson(title: string, chapters: readonly Chapter[]): string {
  const entries = chapters.map(({ startMs, endMs, title: name }) => ({
    startTime: startMs / 1000,
    endTime: endMs / 1000,
    title: name,
  }))
  return JSON.stringify({ version: '1.2.0', title, chapters: entries })
}
