import { UNITS_PER_SECOND, estimateDurationMs } from '../../shared/text.ts'
import { planTalk } from '../../shared/talk-length.ts'
import type { DraftLine, OutlineRequest, SectionRequest } from './port.ts'

/** Pauses between lines are part of the length asked for: about 7 % of a talk. */
export const WORDS_SHARE = 0.93

type Timed = Pick<DraftLine, 'text' | 'pauseAfterMs'>

const pace = ({ language, unitsPerSecond }: OutlineRequest): number => unitsPerSecond ?? UNITS_PER_SECOND[language]

/** How much is to be said in all, pauses counted as words, and in about how many sections. */
export function planLength(request: OutlineRequest): { units: number; sections: number } {
  const { language, sources, targetMinutes, unitsPerSecond } = request
  const sourceMs = sources.reduce((total, { text }) => total + estimateDurationMs(text, language, unitsPerSecond), 0)
  const { minutes, sections } = planTalk(sourceMs, targetMinutes)
  return { units: Math.round(minutes * 60 * pace(request)), sections }
}

/** What lines come to in units, with their pauses. */
export function unitsOf(lines: readonly Timed[], request: OutlineRequest): number {
  const { language, unitsPerSecond } = request
  const ms = lines.reduce((total, line) => total + line.pauseAfterMs + estimateDurationMs(line.text, language, unitsPerSecond), 0)
  return (ms / 1000) * pace(request)
}

/**
 * What this section should come to: its share of what is still wanted after what earlier sections really came to, so that
 * one that ran long makes the next ones shorter. Never less than half or more than 1.8 times its plan.
 */
export function sectionUnits(request: SectionRequest): number {
  const { outline, sectionIndex, written } = request
  const planned = outline.sections[sectionIndex]?.targetUnits ?? 0
  if (!written || sectionIndex === 0) return planned
  const sum = (from: number): number => outline.sections.slice(from).reduce((total, { targetUnits }) => total + targetUnits, 0)
  const wanted = sum(0) - unitsOf(written, request)
  return Math.min(planned * 1.8, Math.max(planned * 0.5, (planned * wanted) / sum(sectionIndex)))
}
