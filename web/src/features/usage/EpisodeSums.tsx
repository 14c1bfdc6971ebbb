import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import type { OwnUsage } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

/** What each episode cost in this time; its receipt stands on its page. */
export function EpisodeSums({ items }: { items: OwnUsage['items'] }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  return (
    <section className="sec">
      <h2 className="h3">{t('money.perEpisode')}</h2>
      <ul className="sums">
        {items.map(({ key, name, calls, costMicroUsd }) => (
          <li key={key}>
            <span>
              {name === null ? t('money.noEpisode') : <Link href={`/episodes/${key}`}>{name}</Link>}
              <span className="meta">{t('money.callCount', { count: calls })}</span>
            </span>
            <span className="sum">{costMicroUsd === 0 ? t('money.free') : money(costMicroUsd, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
