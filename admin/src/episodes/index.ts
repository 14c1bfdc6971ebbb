import type { ResourceProps } from 'react-admin'
import type { AdminEpisode } from '../records.ts'
import { EpisodeList } from './EpisodeList.tsx'
import { EpisodeShow } from './EpisodeShow.tsx'

export const episodes: ResourceProps = {
  name: 'episodes',
  list: EpisodeList,
  show: EpisodeShow,
  recordRepresentation: (episode: AdminEpisode) => episode.title,
}
