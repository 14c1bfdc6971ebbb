import type { TimedScript } from '../../lib/script-times.ts'
import type { Script } from '../../lib/types.ts'

export interface Chapter {
  index: number
  title: string
  startMs: number
}

/** The titled sections that can be heard by now, each with where it begins. */
export function chaptersOf(script: Pick<Script, 'sections'> | undefined, timed: TimedScript, playableMs: number): Chapter[] {
  const chapters: Chapter[] = []
  for (const { line, startMs } of timed.lines) {
    if (startMs === null || startMs >= playableMs) break
    const title = script?.sections[line.section]?.title ?? ''
    if (title !== '' && chapters.at(-1)?.index !== line.section) chapters.push({ index: line.section, title, startMs })
  }
  return chapters
}

/** The chapters again and again, the same list where nothing of it is otherwise: keys and lock screen are told of them only when it is. */
export function chapterKeeper() {
  let before: readonly Chapter[] = []
  return (...about: Parameters<typeof chaptersOf>): readonly Chapter[] => {
    const now = chaptersOf(...about)
    const isSame = (chapter: Chapter, at: number) =>
      chapter.index === before[at]?.index && chapter.title === before[at].title && chapter.startMs === before[at].startMs
    if (now.length !== before.length || !now.every(isSame)) before = now
    return before
  }
}

/** Pressed within this time after its start, "back" means the chapter before. */
const graceMs = 3_000

/** The chapter that sounds, the one to go back to, and the one that comes. */
export function chapterAround(chapters: readonly Chapter[], positionMs: number) {
  const at = chapters.findLastIndex(({ startMs }) => startMs <= positionMs + 50)
  const current = chapters[at]
  const back = current && positionMs - current.startMs > graceMs ? current : chapters[at - 1]
  return { current, back, next: chapters[at + 1] }
}
