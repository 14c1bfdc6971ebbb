import { memo } from 'react'
import { SpeakerMark } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Episode } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { useVoices, voiceLabel, voiceName } from '../../lib/voices.ts'

/** Who speaks with which voice; a preview voice says that it is one. */
export const CastList = memo(function CastList({ speakers }: { speakers: Episode['speakers'] }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const voices = useVoices()
  return (
    <ul className="cast">
      {speakers.map(({ name, voiceId }, index) => {
        const voice = voices.data?.find(({ id }) => id === voiceId)
        const label = voice && voiceLabel(voice, t)
        return (
          <li key={name}>
            <SpeakerMark speaker={index + 1} />
            <span>{name}</span>
            <span className="meta">
              {voice && voiceName(voice, language)}
              {label && <div>{label}</div>}
            </span>
          </li>
        )
      })}
    </ul>
  )
})
