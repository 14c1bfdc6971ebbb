import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../components/Notice.tsx'
import { PlayIcon } from '../../components/Icons.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { playClip, stopClip, useClip } from '../../lib/clip.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { clock } from '../../lib/time.ts'
import type { Line, Take } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { useVoices, voiceName } from '../../lib/voices.ts'
import { lineChange, useSaveChange } from './edit-requests.ts'
import type { Editing } from './editing.ts'

interface TakeListProps {
  episodeId: string
  line: Line
  editing: Editing
  onTaken?: () => void
}

/** What was recorded for a line, each to be heard again and taken back: it is paid already. */
export function TakeList({ episodeId, line, editing, onTaken }: TakeListProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const language = useUiLanguage()
  const voices = useVoices().data ?? []
  const save = useSaveChange(episodeId)
  const clip = useClip()
  const spoken = queries.getQueryData<LiveEpisode>(liveKey(episodeId))?.episode.language
  const { data, error } = useQuery({
    queryKey: ['takes', episodeId, line.id, line.takes],
    queryFn: ({ signal }) => ask<{ items: Take[] }>(`/api/episodes/${episodeId}/lines/${line.id}/takes`, { signal }),
    gcTime: 60_000,
  })
  if (error) return <Notice>{say(error)}</Notice>
  if (!data) return <p className="meta">{t('shell.reading')}</p>
  const canTake = editing === 'ready' || editing === 'review'
  const take = ({ text, voiceId, direction }: Take) =>
    save.mutate(lineChange(episodeId, line.id, { text, voiceId, direction }), { onSuccess: () => onTaken?.() })
  return (
    <ul className="takes" aria-label={t('listen.takes')}>
      {data.items.map((one) => {
        const sounds = clip === one.audioUrl
        const voice = voices.find(({ id }) => id === one.voiceId)
        const label = sounds ? t('listen.stopTake') : t('listen.playTake', { version: one.version })
        return (
          <li key={one.lineId}>
            <button
              type="button"
              className="ib"
              title={label}
              aria-label={label}
              onClick={() => (sounds ? stopClip() : playClip(one.audioUrl))}
            >
              <PlayIcon playing={sounds} />
            </button>
            <span>
              {one.text !== line.text && (
                <span className="words" {...(spoken && { lang: langTag(spoken) })}>
                  {one.text}
                </span>
              )}
              <span className="meta">
                <Parts>
                  {t('listen.ofVersion', { version: one.version })}
                  {voice && voiceName(voice, language)}
                  {one.direction}
                  {clock(one.durationMs)}
                </Parts>
              </span>
            </span>
            {one.isCurrent ? (
              <span className="meta">{t('listen.inUse')}</span>
            ) : (
              canTake && (
                <button type="button" className="btn bare" disabled={save.isPending} onClick={() => take(one)}>
                  {t('listen.useTake')}
                </button>
              )
            )}
          </li>
        )
      })}
      {save.error && (
        <li>
          <Notice>{say(save.error)}</Notice>
        </li>
      )}
    </ul>
  )
}
