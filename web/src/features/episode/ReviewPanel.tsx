import { useMutation } from '@tanstack/react-query'
import { HoldIcon, PlayIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { shortDate } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { PanelRows } from './PanelRows.tsx'
import { StopButton } from './StopButton.tsx'
import { usePriceOf } from './edit-requests.ts'
import { readAgain } from './read-again.ts'
import { wantedOf } from './script-change.ts'

/** The script is written and nothing of it is voiced: it waits for its person, with the price of going on. */
export function ReviewPanel({ live: { episode, script } }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const say = useRefusalWords()
  const { revision, lines } = script
  const whole = { revision, lines: lines.map(wantedOf) }
  const price = usePriceOf(
    episode.id,
    lines.length > 0 ? { method: 'PUT', path: `/api/episodes/${episode.id}/script`, body: whole } : null,
  )
  const approve = useMutation({
    mutationFn: () => ask<unknown>(`/api/episodes/${episode.id}/approve`, { method: 'POST', body: { revision } }),
    onSettled: () => readAgain(episode.id),
  })
  const until = episode.review ? shortDate(episode.review.endsAt, language) : ''
  return (
    <section className="panel" aria-labelledby="review">
      <h2 id="review">
        <HoldIcon />
        <span>{t('episode.status.review')}</span>
      </h2>
      <PanelRows
        rows={[
          { name: t('episode.costs'), words: t('edit.reviewCosts', { money: money(episode.cost.spentMicroUsd, language) }) },
          { name: t('episode.next'), words: t('edit.reviewNext') },
          ...(episode.review
            ? [
                {
                  name: t('edit.waits'),
                  words: t(episode.review.endsSoon ? 'edit.endsSoon' : 'edit.waitsUntil', { date: until }),
                },
              ]
            : []),
        ]}
      />
      <div className="acts">
        <button type="button" className="btn go" disabled={approve.isPending} onClick={() => approve.mutate()}>
          <PlayIcon />
          {t('edit.approve')}
          {price.data && !price.isOld && <Price cost={price.data.cost} />}
        </button>
        <StopButton episode={episode} />
      </div>
      {(approve.error ?? price.error) && <Notice>{say(approve.error ?? price.error)}</Notice>}
    </section>
  )
}
