import { BookOpen, History, List, MessageSquareQuote, ReceiptText, Share } from 'lucide-react'
import { useState } from 'react'
import { Sheet } from '../../components/Sheet.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import type { TimedScript } from '../../lib/script-times.ts'
import { EpisodeWords } from '../pronunciations/EpisodeWords.tsx'
import { Receipt } from '../receipt/Receipt.tsx'
import { ShareBox } from '../sharing/ShareBox.tsx'
import { AppendBox } from './AppendBox.tsx'
import { CastList } from './CastList.tsx'
import { ChapterList } from './ChapterList.tsx'
import { SourceList } from './SourceList.tsx'
import { TakeAlong } from './TakeAlong.tsx'
import { VersionList } from './VersionList.tsx'
import { titledSectionsOf } from './sections.ts'

type Panel = 'chapters' | 'source' | 'versions' | 'receipt' | 'words' | 'share'

/** Where there is no room for columns they are panels, one press away. */
export function SheetBar({ live, timed }: { live: LiveEpisode; timed: TimedScript }) {
  const { t } = useTranslation()
  const [panel, setPanel] = useState<Panel | null>(null)
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
            <button key={name} type="button" aria-haspopup="dialog" onClick={() => setPanel(name)}>
              <Icon className="i s" strokeWidth={2} aria-hidden="true" />
              {words}
            </button>
          ),
      )}
      {open && (
        <Sheet title={open.words} onClose={close}>
          {panel === 'chapters' && (
            <>
              <ChapterList live={live} timed={timed} onGo={close} />
              {hasChapters && <h3 className="h3">{t('episode.cast')}</h3>}
              <CastList speakers={episode.speakers} />
            </>
          )}
          {panel === 'source' && <SourceList episode={episode} />}
          {panel === 'versions' && (
            <>
              <VersionList episode={episode} onGo={close} />
              {episode.status === 'ready' && <AppendBox episode={episode} />}
            </>
          )}
          {panel === 'receipt' && <Receipt episode={episode} />}
          {panel === 'words' && <EpisodeWords episode={episode} />}
          {panel === 'share' && (
            <>
              <ShareBox episode={episode} />
              <TakeAlong episode={episode} />
            </>
          )}
        </Sheet>
      )}
    </nav>
  )
}
