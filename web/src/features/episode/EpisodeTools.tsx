import { Download, Ellipsis, FileText, Trash2 } from 'lucide-react'
import { useLocation } from 'wouter'
import { Menu } from '../../components/Menu.tsx'
import { Deed, Way } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { useDeleteEpisode } from '../../lib/delete-episode.ts'
import type { Episode } from '../../lib/types.ts'

/** What one does with the whole: take it along, or away. */
export function EpisodeTools({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const remove = useDeleteEpisode()
  const audioUrl = episode.audio && `${address(`/api/episodes/${episode.id}/audio`)}?download=1`
  return (
    <>
      {audioUrl && (
        <a className="ib" href={audioUrl} download title={t('episode.download')} aria-label={t('episode.download')}>
          <Download className="i" strokeWidth={1.75} aria-hidden="true" />
        </a>
      )}
      <Menu
        label={t('shell.more')}
        title={t('shell.more')}
        className="ib"
        items={(close) => (
          <>
            {audioUrl && (
              <Way icon={<Download className="i s" aria-hidden="true" />} href={audioUrl} download onGo={close}>
                {t('episode.download')}
              </Way>
            )}
            {episode.transcriptUrl && (
              <Way
                icon={<FileText className="i s" aria-hidden="true" />}
                href={`${address(episode.transcriptUrl)}?download=1`}
                download
                onGo={close}
              >
                {t('episode.transcript')}
              </Way>
            )}
            <Deed icon={<Trash2 className="i s" aria-hidden="true" />} onDo={() => (close(), remove(episode), go('/library'))}>
              {t('episode.delete')}
            </Deed>
          </>
        )}
      >
        <Ellipsis className="i" aria-hidden="true" />
      </Menu>
    </>
  )
}
