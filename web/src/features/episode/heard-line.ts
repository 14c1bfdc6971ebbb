import { usePlayback } from '../../lib/playback.ts'
import { lineAt } from '../../lib/script-times.ts'
import type { TimedLine, TimedScript } from '../../lib/script-times.ts'

/** The line of this episode that sounds, or that one stopped in; none while an earlier version is heard, whose moments are others. */
export function useHeardLine(episodeId: string, timed: TimedScript): TimedLine | undefined {
  const { episodeId: loaded, playing, positionMs, olderVersion } = usePlayback()
  const isMine = loaded === episodeId && olderVersion === null && (playing || positionMs > 0)
  return isMine ? lineAt(timed, positionMs) : undefined
}
