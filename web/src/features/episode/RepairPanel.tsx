import { useMutation } from '@tanstack/react-query'
import { HoldIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { PanelRows } from './PanelRows.tsx'
import { StopButton } from './StopButton.tsx'
import { lineChange, usePriceOf, useSaveChange } from './edit-requests.ts'
import { editingOf } from './editing.ts'
import { readAgain } from './read-again.ts'
import { useRepairWords } from './repair-words.ts'
import { wantedOf } from './script-change.ts'

/** Lines that could not be voiced, or a script that could not be written: the run waits, and goes on from here. */
export function RepairPanel({ live }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const { episode, script } = live
  const say = useRefusalWords()
  const words = useRepairWords(live)
  const isLines = editingOf(episode) === 'repair'
  const whole = { revision: script.revision, lines: script.lines.map(wantedOf) }
  const price = usePriceOf(
    episode.id,
    isLines ? { method: 'PUT', path: `/api/episodes/${episode.id}/script`, body: whole } : null,
  )
  const repair = useMutation({
    mutationFn: () => ask<unknown>(`/api/episodes/${episode.id}/repair`, { method: 'POST' }),
    onSettled: () => readAgain(episode.id),
  })
  const failed = script.lines.filter(({ status }) => status === 'failed')
  const save = useSaveChange(episode.id)
  const skipAll = async () => {
    for (const { id } of failed) await save.mutateAsync(lineChange(episode.id, id, { skip: true }))
  }
  const error = repair.error ?? save.error
  return (
    <section className="panel" aria-labelledby="mend">
      <h2 id="mend">
        <HoldIcon />
        <span>{words.title}</span>
      </h2>
      <PanelRows
        rows={[
          ...(words.happened === '' ? [] : [{ name: t('episode.happened'), words: words.happened }]),
          { name: t('episode.costs'), words: words.costs },
          { name: t('episode.next'), words: words.next },
        ]}
      />
      <div className="acts">
        <button type="button" className="btn ink" disabled={repair.isPending} onClick={() => repair.mutate()}>
          {repair.isPending ? t('episode.repairing') : words.act}
          {isLines && !repair.isPending && price.data && !price.isOld && price.data.linesToVoice > 0 && (
            <Price cost={price.data.cost} />
          )}
        </button>
        {isLines && failed.length > 0 && (
          <button
            type="button"
            className="btn bare"
            disabled={save.isPending}
            onClick={() => void skipAll().catch(() => undefined)}
          >
            {t('edit.skipAll')}
          </button>
        )}
        <StopButton episode={episode} />
      </div>
      {error && <Notice>{say(error)}</Notice>}
    </section>
  )
}
