import type { ObjectStore } from '../../shared/object-store.ts'
import { sectionsOf } from './episode-view.ts'

export interface Chapter {
  startMs: number
  title: string
}

/** The chapters as they were stored beside the sound; none for what was made before there were any. */
export async function chaptersOf(store: ObjectStore, chaptersKey: string | null): Promise<Chapter[]> {
  if (!chaptersKey) return []
  const { chapters } = JSON.parse(Buffer.from(await store.get(chaptersKey)).toString()) as {
    chapters: { startTime: number; title: string }[]
  }
  return chapters.map(({ startTime, title }) => ({ startMs: startTime * 1000, title }))
}

/** What is written beside an episode where nothing can be pressed: its own notes, or the titles of its parts. Never empty. */
export function plainNotes({ notes, title }: { notes: string | null; title: string }, outline: unknown): string {
  const parts = sectionsOf(outline)
    .map((section) => section.title.trim())
    .filter(Boolean)
  return notes || parts.join('\n') || title
}

/** `1:02:03`, or `2:03` below an hour. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const end = `${hours > 0 ? String(minutes).padStart(2, '0') : minutes}:${String(seconds % 60).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${end}` : end
}

/** The notes as a page of their own, with the times of the chapters. */
export function notesPage({ notes, title }: { notes: string | null; title: string }, chapters: Chapter[]): string {
  const times = chapters.map((chapter) => `- ${clock(chapter.startMs)} ${chapter.title}`).join('\n')
  return `${[`# ${title}`, notes, times].filter(Boolean).join('\n\n')}\n`
}
