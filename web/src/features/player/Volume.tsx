import { Volume2, VolumeX } from 'lucide-react'
import { memo, useRef } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { setVolume } from '../../lib/playback.ts'

/** How loud it is; the button silences it and brings it back. */
export const Volume = memo(function Volume({ volume }: { volume: number }) {
  const { t } = useTranslation()
  const before = useRef(1)
  const silent = volume === 0
  const toggle = () => {
    if (!silent) before.current = volume
    setVolume(silent ? before.current : 0)
  }
  const label = silent ? t('listen.unmute') : t('listen.mute')
  const Icon = silent ? VolumeX : Volume2
  return (
    <div className="volume">
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(volume * 100)}
        aria-label={t('listen.volume')}
        onChange={(event) => setVolume(Number(event.currentTarget.value) / 100)}
      />
      <button type="button" className="ib" title={label} aria-label={label} onClick={toggle}>
        <Icon className="i" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  )
})
