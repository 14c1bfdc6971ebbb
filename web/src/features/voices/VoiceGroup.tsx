import { useTranslation } from '../../i18n/translation.ts'
import type { Voice } from '../../lib/types.ts'
import { VoiceTile } from './VoiceTile.tsx'
import { useOwnId } from '../../lib/use-own-id.ts'

interface VoiceGroupProps {
  title: string
  note?: string
  voices: readonly Voice[]
}

/** Voices under one heading; nothing where there are none. */
export function VoiceGroup({ title, note, voices }: VoiceGroupProps) {
  const { t } = useTranslation()
  const id = useOwnId()
  if (voices.length === 0) return null
  return (
    <section className="vgroup" aria-labelledby={id}>
      <div className="secbar">
        <h2 className="h3" id={id}>
          {title}
        </h2>
        <span className="meta">{t('voices.count', { count: voices.length })}</span>
      </div>
      {note !== undefined && <p className="meta">{note}</p>}
      <ul>
        {voices.map((voice) => (
          <VoiceTile key={voice.id} voice={voice} />
        ))}
      </ul>
    </section>
  )
}
