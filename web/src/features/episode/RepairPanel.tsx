import { useMutation } from '@tanstack/react-query'
import { HoldIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { PanelRows } from './PanelRows.tsx'
import { readAgain } from './read-again.ts'
import { useRepairWords } from './repair-words.ts'

/** Lines that could not be voiced, or a script that could not be written: the run waits, and goes on from here. */
export function RepairPanel({ live }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const { episode } = live
  const say = useRefusalWords()
  const words = useRepairWords(live)
  const repair = useMutation({
    mutationFn: () => ask<unknown>(`/api/episodes/${episode.id}/repair`, { method: 'POST' }),
    onSettled: () => readAgain(episode.id),
  })
  return (
    <section className="panel" aria-labelledby="mend">
      <h2 id="mend">
        <HoldIcon />
        <span>{words.title}</span>
      </h2>
      <PanelRows
        rows={[
          { name: t('episode.happened'), words: words.happened },
          { name: t('episode.costs'), words: words.costs },
          { name: t('episode.next'), words: words.next },
        ]}
      />
      <div className="acts">
        <button type="button" className="btn ink" disabled={repair.isPending} onClick={() => repair.mutate()}>
          {repair.isPending ? t('episode.repairing') : words.act}
        </button>
      </div>
      {repair.error && <Notice>{say(repair.error)}</Notice>}
    </section>
  )
}
