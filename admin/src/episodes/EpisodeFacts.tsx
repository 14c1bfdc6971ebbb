import { useTranslate } from 'react-admin'
import { Fact, Facts } from '../fields/Facts.tsx'
import { useFormats } from '../fields/formats.ts'
import { Pair } from '../fields/Pair.tsx'
import { RecordLink } from '../fields/RecordLink.tsx'
import type { AdminEpisodeDetail } from '../records.ts'
import { EpisodeStatusTag } from './EpisodeStatusTag.tsx'

export function EpisodeFacts({ episode }: { episode: AdminEpisodeDetail }) {
  const t = useTranslate()
  const { money, moment, span, length } = useFormats()
  const { cost, audio, failure } = episode.episode
  const none = t('console.none')
  return (
    <>
      <Facts>
        <Fact name={t('console.episode.status')}>
          <EpisodeStatusTag episode={episode} />
        </Fact>
        <Fact name={t('console.episode.user')}>
          <RecordLink resource="users" id={episode.userId}>
            {episode.userEmail}
          </RecordLink>
        </Fact>
        <Fact name={t('console.episode.kind')}>
          <Pair left={t(`console.kind.${episode.kind}`)} right={t(`console.language_name.${episode.language}`)} />
        </Fact>
        <Fact name={t('console.episode.version')}>{episode.version}</Fact>
        <Fact name={t('console.episode.first_sound')}>{episode.firstSoundMs === null ? none : span(episode.firstSoundMs)}</Fact>
        <Fact name={t('console.episode.length')}>{audio ? length(audio.durationMs) : none}</Fact>
        <Fact name={t('console.episode.cost')}>{money(episode.costMicroUsd)}</Fact>
        <Fact name={t('console.episode.cap')}>
          {cost.budgetMicroUsd === null ? t('console.episode.no_cap') : money(cost.budgetMicroUsd)}
        </Fact>
        <Fact name={t('console.episode.created')}>{moment(episode.createdAt)}</Fact>
        <Fact name={t('console.episode.workflow')}>
          <span className="mono">{episode.workflowId}</span>
        </Fact>
      </Facts>
      {failure && (
        <section className="panel">
          <h2>{t('console.episode.why')}</h2>
          <p>
            {failure.detail} <span className="mono">{failure.code}</span>
          </p>
        </section>
      )}
    </>
  )
}
