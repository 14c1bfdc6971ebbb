import { BookOpen, History, List, MessageSquareQuote, ReceiptText, Share } from 'lucide-react'
import { useState } from 'react'
import { Sheet } from '../../components/Sheet.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { onDemand, soon, useOpening } from '../../lib/on-demand.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { CastList } from './CastList.tsx'
import { ChapterList } from './ChapterList.tsx'
import { SourceList } from './SourceList.tsx'
import { titledSectionsOf } from './sections.ts'

const OfEpisode = onDemand(() => import('./OfEpisode.tsx').then((file) => file.OfEpisode))
const readAhead = soon(OfEpisode)

type Panel = 'chapters' | 'source' | 'versions' | 'receipt' | 'words' | 'share'

/** Where there is no room for columns they are panels, one press away. */
export function SheetBar({ live, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  const [panel, setPanel] = useState<Panel | null>(null)
  const openWith = useOpening()
  const { episode, script } = live
  const hasChapters = titledSectionsOf(script, timed).length > 0
  const panels = [
    { name: 'chapters', icon: List, words: hasChapters ? t('episode.sections') : t('episode.cast'), shown: true },
    { name: 'source', icon: BookOpen, words: t('episode.source'), shown: true },
    { name: 'versions', icon: History, words: t('edit.versions'), shown: episode.version > 1 || episode.status === 'ready' },
    { name: 'receipt', icon: ReceiptText, words: t('money.receipt'), shown: true },
    { name: 'share', icon: Share, words: t('listen.shareAndFiles'), shown: episode.audio !== null },
    { name: 'words', icon: MessageSquareQuote, words: t('pronunciation.title'), shown: episode.status === 'ready' },
  ] as const
  const close = () => setPanel(null)
  const open = panels.find(({ name }) => name === panel)
  return (
    <nav className="sheetbar" aria-label={t('listen.panels')}>
      {panels.map(
        ({ name, icon: Icon, words, shown }) =>
          shown && (
            <button
              key={name}
              type="button"
              aria-haspopup="dialog"
              onPointerEnter={readAhead}
              onFocus={readAhead}
              onClick={() => openWith(OfEpisode, () => setPanel(name))}
            >
              <Icon className="i s" strokeWidth={2} aria-hidden="true" />
              {words}
            </button>
          ),
      )}
      {open && (
        <Sheet title={open.words} onClose={close}>
          {open.name === 'chapters' ? (
            <>
              <ChapterList live={live} timed={timed} onGo={close} />
              {hasChapters && <h3 className="h3">{t('episode.cast')}</h3>}
              <CastList speakers={episode.speakers} />
            </>
          ) : open.name === 'source' ? (
            <SourceList episode={episode} />
          ) : (
            <OfEpisode episode={episode} only={open.name} onGo={close} />
          )}
        </Sheet>
      )}
    </nav>
  )
}
