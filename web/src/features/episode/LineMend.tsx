import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { money } from '../../lib/money.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Line } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { lineChange, useSaveChange } from './edit-requests.ts'
import { useLineFailureWords } from './line-failure-words.ts'

interface LineMendProps {
  episodeId: string
  line: Line
  /** The run waits: something can be done about the line. */
  canMend: boolean
  onEdit: () => void
}

/** Why a line has no sound, what its tries cost, and what one can do. */
export function LineMend({ episodeId, line, canMend, onEdit }: LineMendProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const language = useUiLanguage()
  const failureWords = useLineFailureWords()
  const save = useSaveChange(episodeId)
  const costMicroUsd = line.tries.reduce((sum, one) => sum + one.costMicroUsd, 0)
  const unknown = line.tries.filter(({ isKnown }) => !isKnown).length
  return (
    <div className="mend" lang={langTag(language)}>
      <p>
        {failureWords(line.failure)}
        {line.tries.length > 0 && (
          <span className="meta">
            {t('shell.space')}
            {costMicroUsd === 0
              ? t('edit.triesFree', { count: line.tries.length })
              : t('edit.tries', { count: line.tries.length, money: money(costMicroUsd, language) })}
            {unknown > 0 && t('edit.unknownTries', { count: unknown })}
          </span>
        )}
      </p>
      {canMend && (
        <div className="acts">
          <button type="button" className="btn" onClick={onEdit}>
            {t('edit.reword')}
          </button>
          <button
            type="button"
            className="btn"
            disabled={save.isPending}
            onClick={() => save.mutate(lineChange(episodeId, line.id, {}))}
          >
            {t('edit.tryAgain')}
          </button>
          <button
            type="button"
            className="btn bare"
            disabled={save.isPending}
            onClick={() => save.mutate(lineChange(episodeId, line.id, { skip: true }))}
          >
            {t('edit.skip')}
          </button>
        </div>
      )}
      {save.error && <Notice>{say(save.error)}</Notice>}
    </div>
  )
}
