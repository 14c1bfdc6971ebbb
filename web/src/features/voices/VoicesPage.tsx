import './voices.css'
import { useState } from 'react'
import { Chips } from '../../controls/Chips.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import type { Voice } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { providerName, useVoices, voicesFor } from '../../lib/voices.ts'
import { VoiceGroup } from './VoiceGroup.tsx'

const filters = ['zh', 'en', 'starred', 'free'] as const
type Filter = (typeof filters)[number]

/** All voices to hear, by language and by who makes them; those one likes come first. */
export default function VoicesPage() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const [filter, setFilter] = useState<Filter>(language)
  const query = useVoices()
  usePageTitle(t('voices.title'))
  const all = query.data ?? []
  const shown = among(all, filter)
  const open = shown.filter(({ available }) => available)
  const providers = [...new Set(open.map(({ provider }) => provider))]
  const words = { zh: t('voices.zh'), en: t('voices.en'), starred: t('voices.starred'), free: t('voices.freeOnes') }
  return (
    <main className="page gallery" id="main" tabIndex={-1}>
      <h1 className="h1">{t('voices.title')}</h1>
      <p className="two">{t('voices.galleryLead')}</p>
      {query.isPending && <Skeleton />}
      {query.isError && !query.data && (
        <Trouble
          title={t('voices.errorTitle')}
          text={t('shell.troubleText')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && (
        <>
          <Chips
            label={t('voices.filter')}
            options={filters.map((value) => ({ value, words: words[value], count: among(all, value).length }))}
            chosen={filter}
            onChoose={setFilter}
          />
          {filter !== 'starred' && <VoiceGroup title={t('voices.starred')} voices={open.filter(({ favourite }) => favourite)} />}
          {providers.map((provider) => {
            const voices = open.filter((voice) => voice.provider === provider)
            return <VoiceGroup key={provider} title={providerName(voices[0]!, t)} voices={voices} />
          })}
          <VoiceGroup
            title={t('voices.locked')}
            note={t('voices.lockedText')}
            voices={shown.filter(({ available }) => !available)}
          />
          {shown.length === 0 && (
            <p className="two none" role="status">
              {t(filter === 'starred' ? 'voices.noStars' : 'voices.noneHere')}
            </p>
          )}
        </>
      )}
    </main>
  )
}

function among(voices: readonly Voice[], filter: Filter): readonly Voice[] {
  if (filter === 'starred') return voices.filter(({ favourite }) => favourite)
  if (filter === 'free') return voices.filter((voice) => voice.priceMicroUsdPerThousandCharacters === 0)
  return voicesFor(voices, filter)
}
