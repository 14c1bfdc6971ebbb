import { useTranslation } from '../../i18n/translation.ts'

interface LengthSliderProps {
  minutes: number | null
  onChange: (minutes: number | null) => void
}

const LONGEST_MINUTES = 60

/** At its left end the content decides. */
export function LengthSlider({ minutes, onChange }: LengthSliderProps) {
  const { t } = useTranslation()
  const words = minutes === null ? t('make.lengthAuto') : t('make.length', { minutes })
  return (
    <div className="length">
      <input
        type="range"
        min={0}
        max={LONGEST_MINUTES}
        value={minutes ?? 0}
        aria-label={t('make.lengthLabel')}
        aria-valuetext={words}
        style={{ backgroundSize: `${((minutes ?? 0) / LONGEST_MINUTES) * 100}% 4px, 100% 2px` }}
        onChange={(event) => onChange(Number(event.currentTarget.value) || null)}
      />
      <div className="meta">
        <span>{t('make.lengthShortest')}</span>
        <b>{words}</b>
        <span>{t('make.lengthLongest', { minutes: LONGEST_MINUTES })}</span>
      </div>
    </div>
  )
}
