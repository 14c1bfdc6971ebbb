import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'

/** After a deed: the truth, also where the stream of events is broken or over. */
export function readAgain(id: string) {
  void queries.invalidateQueries({ queryKey: ['episodes'] })
  return queries.invalidateQueries({ queryKey: liveKey(id) })
}
