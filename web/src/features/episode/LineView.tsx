import { memo } from 'react'
import { PlayIcon } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { loadEpisode, pause, play } from '../../lib/playback.ts'
import { clock } from '../../lib/time.ts'
import type { Line } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { LineMark } from './LineMark.tsx'
import { useLineFailureWords } from './line-failure-words.ts'
import { phraseAt } from './phrases.ts'
import { langTag } from '../../lib/lang-tag.ts'

interface LineViewProps {
  line: Line
  startMs: number | null
  episodeId: string
  playlistUrl: string
  /** Null unless this line is the one being heard. */
  heardMs: number | null
  playing: boolean
}

/** One line: the same box in each of its states. */
export const LineView = memo(function LineView(props: LineViewProps) {
  const { line, startMs, episodeId, playlistUrl, heardMs, playing } = props
  const { t } = useTranslation()
  const failureWords = useLineFailureWords()
  const screen = langTag(useUiLanguage())
  const hearable = line.status === 'ready' && startMs !== null
  const press = () => {
    if (playing) return pause()
    loadEpisode(episodeId, playlistUrl)
    play(startMs ?? 0)
  }
  const time = startMs === null ? '' : clock(startMs)
  const label = playing ? t('episode.playing', { time }) : t('episode.playFrom', { time })
  return (
    <li
      id={`line-${line.id}`}
      className={`line ${line.status}${heardMs === null ? '' : ' playing'}`}
      {...(heardMs === null ? {} : { 'aria-current': true })}
    >
      {hearable ? (
        <button type="button" className="at" aria-label={label} onClick={press}>
          {time}
        </button>
      ) : (
        <LineMark status={line.status} />
      )}
      <div>
        <p className="tx">{heardMs === null ? line.text : <Heard line={line} heardMs={heardMs} />}</p>
        {line.status === 'failed' && (
          <p className="mend" lang={screen}>
            {failureWords(line.failure)}
          </p>
        )}
        {line.status === 'skipped' && (
          <p className="note" lang={screen}>
            {t('episode.line.skippedNote')}
          </p>
        )}
      </div>
      <div className="tools" lang={screen}>
        {line.status === 'voicing' && t('episode.line.voicing')}
        {hearable && (
          <button type="button" className="ib" tabIndex={-1} title={label} aria-label={label} onClick={press}>
            <PlayIcon playing={playing} />
          </button>
        )}
      </div>
    </li>
  )
})

/** The phrase being read has a dot under each character. */
function Heard({ line, heardMs }: { line: Line; heardMs: number }) {
  const { before, now, after } = phraseAt(line.text, heardMs / (line.durationMs ?? 1))
  return (
    <>
      {before}
      <em className="now">{now}</em>
      {after}
    </>
  )
}
