/** A talk that a model writes, where nobody said how long: so many minutes at most. */
const USUAL_MINUTES = 6
const LEAST_MINUTES = 1
const SECTION_SECONDS = 90
const MOST_SECTIONS = 120

/**
 * How long a talk by a model lasts, in minutes, and in how many sections it is planned. `sourceMs`: how long reading the sources aloud would
 * take; without a wish the talk is little longer than that.
 */
export function planTalk(sourceMs: number, targetMinutes?: number): { minutes: number; sections: number } {
  const minutes = targetMinutes ?? Math.min(USUAL_MINUTES, Math.max(LEAST_MINUTES, (sourceMs / 60_000) * 1.2))
  return { minutes, sections: Math.min(MOST_SECTIONS, Math.max(1, Math.round((minutes * 60) / SECTION_SECONDS))) }
}
