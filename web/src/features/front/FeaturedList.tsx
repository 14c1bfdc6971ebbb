import { useTranslation } from '../../i18n/translation.ts'
import { FeaturedItem } from './FeaturedItem.tsx'
import { useFeaturedSound } from './featured.ts'
import type { FeaturedEpisode } from './featured.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

/** Three works, each of them one press away. */
export function FeaturedList({ episodes }: { episodes: readonly FeaturedEpisode[] }) {
  const { t } = useTranslation()
  const id = useOwnId()
  const sound = useFeaturedSound()
  return (
    <section className="hear" aria-labelledby={id}>
      <h2 className="h3" id={id}>
        {t('front.hear')}
      </h2>
      {episodes.map((episode) => (
        <FeaturedItem
          key={episode.id}
          episode={episode}
          on={sound.on?.id === episode.id ? sound.on : null}
          onToggle={() => sound.toggle(episode)}
          onSeek={sound.seek}
        />
      ))}
    </section>
  )
}
