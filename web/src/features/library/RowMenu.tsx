import { Download, Ellipsis, Trash2 } from 'lucide-react'
import { PlayIcon } from '../../components/Icons.tsx'
import { Menu } from '../../components/Menu.tsx'
import { Deed, Way } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { useDeleteEpisode } from '../../lib/delete-episode.ts'
import { loadEpisode, play } from '../../lib/playback.ts'
import type { EpisodeSummary } from '../../lib/types.ts'

export function RowMenu({ item }: { item: EpisodeSummary }) {
  const { t } = useTranslation()
  const remove = useDeleteEpisode()
  const base = `/api/episodes/${item.id}`
  const listen = () => {
    loadEpisode(item.id, address(`${base}/playlist.m3u8`))
    play()
  }
  return (
    <Menu
      label={t('library.actions', { title: item.title })}
      className="ib"
      items={() => (
        <>
          {(item.status === 'ready' || item.progress.playableMs > 0) && (
            <Deed icon={<PlayIcon />} onDo={listen}>
              {t('library.listen')}
            </Deed>
          )}
          {item.status === 'ready' && (
            <Way icon={<Download className="i s" aria-hidden="true" />} href={`${address(`${base}/audio`)}?download=1`} download>
              {t('episode.download')}
            </Way>
          )}
          <Deed icon={<Trash2 className="i s" aria-hidden="true" />} onDo={() => remove(item)}>
            {t('episode.delete')}
          </Deed>
        </>
      )}
    >
      <Ellipsis className="i" aria-hidden="true" />
    </Menu>
  )
}
