import { useState } from 'react'
import { Sheet } from '../../components/Sheet.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import type { Line } from '../../lib/types.ts'
import { PassageList } from './PassageList.tsx'
import { SourceList } from './SourceList.tsx'
import { useChosenLine } from './open-line.ts'

/** Beside the script: the passage of the line one is at, else everything it was made from. */
export function SourceBox({ live, heardId }: { live: LiveEpisode; heardId: string | undefined }) {
  const { t } = useTranslation()
  const chosen = useChosenLine()
  const [whole, setWhole] = useState<Line | null>(null)
  const line = live.script.lines.find(({ id }) => id === (chosen ?? heardId))
  const { id } = live.episode
  return (
    <section className="box sourcebox">
      {line && line.passages > 0 ? (
        <>
          <h2 className="h3">
            {t('listen.lineSource')}
            {line.passages > 1 && <span className="meta">{t('listen.passages', { count: line.passages })}</span>}
          </h2>
          <PassageList key={line.id} episodeId={id} lineId={line.id} />
          <button type="button" className="link" onClick={() => setWhole(line)}>
            {t('listen.context')}
          </button>
        </>
      ) : (
        <>
          <h2 className="h3">{t('episode.source')}</h2>
          <SourceList episode={live.episode} />
        </>
      )}
      {whole && (
        <Sheet title={t('listen.lineSource')} onClose={() => setWhole(null)}>
          <blockquote className="spoken">{whole.text}</blockquote>
          <PassageList episodeId={id} lineId={whole.id} whole />
        </Sheet>
      )}
    </section>
  )
}
