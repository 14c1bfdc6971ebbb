import { useTranslate } from 'react-admin'
import { Tag } from '../fields/Tag.tsx'
import type { AdminEpisode } from '../records.ts'
import { statusLooks } from './episode-status.ts'

type Counted = Pick<AdminEpisode, 'status' | 'linesTotal' | 'linesDone' | 'linesFailed'>

export function EpisodeStatusTag({ episode }: { episode: Counted }) {
  const t = useTranslate()
  const counts = { done: episode.linesDone, total: episode.linesTotal, failed: episode.linesFailed }
  return <Tag look={statusLooks[episode.status]}>{t(`console.status.${episode.status}`, counts)}</Tag>
}
