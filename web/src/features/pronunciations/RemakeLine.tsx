import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Entry, Remake } from './entries.ts'
import { useRemake } from './remake.ts'

interface RemakeLineProps {
  id: string
  entries: readonly Entry[]
  /** Nothing was changed here: the person's own list was, since this version was made. */
  isOlder: boolean
  busy: boolean
  onSave: () => void
  onDiscard?: () => void
}

/** What a change makes anew and costs, beside the verb that spends it. */
export function RemakeLine({ id, entries, isOlder, busy, onSave, onDiscard }: RemakeLineProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const { data: remake, error } = useRemake(id, entries)
  if (error) return <Notice>{say(error)}</Notice>
  return (
    <div className="remake" role="status">
      {remake && <p className="two">{isOlder ? t('pronunciation.pending', { count: remake.lines }) : t(...words(remake))}</p>}
      <div className="acts">
        <button type="button" className="btn ink" disabled={busy || !remake} onClick={onSave}>
          {busy ? t('pronunciation.saving') : verb(t, remake)}
          {!busy && remake && remake.linesToVoice > 0 && <Price cost={remake.cost} />}
        </button>
        {onDiscard && (
          <button type="button" className="btn bare" onClick={onDiscard}>
            {t('pronunciation.discard')}
          </button>
        )}
      </div>
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

function words({ lines, linesToVoice }: Remake): Parameters<Translate> {
  if (lines === 0) return ['pronunciation.nothing']
  if (linesToVoice === 0) return ['pronunciation.remakesFree', { count: lines }]
  if (linesToVoice < lines) return ['pronunciation.remakesSome', { count: lines, paid: linesToVoice }]
  return ['pronunciation.remakes', { count: lines }]
}

function verb(t: Translate, remake: Remake | undefined): string {
  if (!remake || remake.lines === 0) return t('pronunciation.save')
  return remake.linesToVoice === 0
    ? t('pronunciation.swap', { count: remake.lines })
    : t('pronunciation.remake', { count: remake.linesToVoice })
}
