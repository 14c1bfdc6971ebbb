import type { Playback } from '../../lib/playback.ts'
import type { TimedLine, TimedScript } from '../../lib/script-times.ts'
import type { Episode } from '../../lib/types.ts'
import type { Chapter } from './chapters.ts'

/** What every part of the player looks at. */
export interface PlayerView {
  episode: Episode
  script: TimedScript
  playback: Playback
  /** How much has sound, from the start without a gap. */
  playableMs: number
  /** All of it; a guess while it is being made. */
  totalMs: number
  current: TimedLine | undefined
  chapters: readonly Chapter[]
}

/** The beginning of a line, as far as its first pause: enough to know where one is. */
export const firstWords = (text: string) => /^.{0,40}?(?=[，。！？；：,.!?;:]|$)/u.exec(text)?.[0] || text.slice(0, 40)
