import { useTranslation } from '../../i18n/translation.ts'

/** What one can count on. */
export function Promises() {
  const { t } = useTranslation()
  return (
    <section className="band three" aria-label={t('front.promises')}>
      {(['price', 'line', 'repair'] as const).map((key) => (
        <div key={key}>
          <h2 className="song">{t(`front.${key}Title`)}</h2>
          <p className="two">{t(`front.${key}Text`)}</p>
        </div>
      ))}
    </section>
  )
}
