import { X } from 'lucide-react'
import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { money } from '../../lib/money.ts'
import { useSourceFailureWords } from '../../lib/source-failure-words.ts'
import { spokenLength } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { PanelRows } from './PanelRows.tsx'

/** It ended before it was whole: ink with a cross, for it is final. */
export function EndPanel({ live: { episode } }: { live: LiveEpisode }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const sayFailure = useSourceFailureWords()
  const { status, progress, failure } = episode
  if (status !== 'cancelled' && status !== 'failed') return null
  const cost = money(episode.cost.spentMicroUsd, language)
  const stopped =
    progress.playableMs > 0
      ? t('episode.cancelledTitle', { money: cost, time: spokenLength(progress.playableMs, language) })
      : t('episode.cancelledNone', { money: cost })
  const timedOut = failure?.code === 'review_timed_out'
  const unread = sayFailure(failure)
  const reason = timedOut
    ? t('episode.failedReason.reviewTimedOut')
    : /^nothing.to.say$/.test(failure?.code ?? '')
      ? t('episode.failedReason.nothingToSay')
      : (unread ?? t('episode.failedReason.other', { detail: failure?.detail ?? '' }))
  // Nobody can change the words of a file that was never read: what to do with it is said with the reason.
  const advice = t(unread === null ? 'episode.failedNext' : 'episode.failedNextUnread')
  const next = progress.linesDone > 0 ? t('episode.failedKept') + t('shell.space') + advice : advice
  return (
    <section className="panel final" aria-labelledby="end">
      <h2 id="end">
        <X className="i" aria-hidden="true" />
        <span>{status === 'cancelled' ? stopped : t('episode.failedTitle')}</span>
      </h2>
      {status === 'failed' && (
        <PanelRows
          rows={[
            { name: t('episode.happened'), words: reason },
            { name: t('episode.costs'), words: cost },
            { name: t('episode.next'), words: next },
          ]}
        />
      )}
      <div className="acts" style={{ marginTop: 'var(--x3)' }}>
        <Link className="btn" href="/new">
          {t('episode.makeAnother')}
        </Link>
      </div>
    </section>
  )
}
