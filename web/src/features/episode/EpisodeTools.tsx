import { Download, Ellipsis, FileText, GripVertical, Keyboard, Trash2 } from 'lucide-react'
import { useLocation } from 'wouter'
import { Menu } from '../../components/Menu.tsx'
import { Deed, Way } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { useDeleteEpisode } from '../../lib/delete-episode.ts'
import { showKeys } from '../../lib/key-help.ts'
import type { Episode } from '../../lib/types.ts'
import { useMedia } from '../../lib/use-media.ts'

/** What one does with the whole: take it along, or away. */
export function EpisodeTools({ episode, onReorder }: { episode: Episode; onReorder: (() => void) | undefined }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const remove = useDeleteEpisode()
  const hasKeys = useMedia('(hover: hover)')
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
        items={() => (
          <>
            {audioUrl && (
              <Way icon={<Download className="i s" aria-hidden="true" />} href={audioUrl} download>
                {t('episode.download')}
              </Way>
            )}
            {episode.transcriptUrl && (
              <Way
                icon={<FileText className="i s" aria-hidden="true" />}
                href={`${address(episode.transcriptUrl)}?download=1`}
                download
              >
                {t('episode.transcript')}
              </Way>
            )}
            {onReorder && (
              <Deed icon={<GripVertical className="i s" aria-hidden="true" />} onDo={onReorder}>
                {t('listen.reorder')}
              </Deed>
            )}
            {hasKeys && (
              <Deed icon={<Keyboard className="i s" aria-hidden="true" />} onDo={showKeys}>
                {t('listen.keys')}
              </Deed>
            )}
            <Deed icon={<Trash2 className="i s" aria-hidden="true" />} onDo={() => (remove(episode), go('/library'))}>
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
