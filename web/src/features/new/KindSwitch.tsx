import type { KeyboardEvent } from 'react'
import { useTranslation } from '../../i18n/translation.ts'

type Kind = 'podcast' | 'narration'

const kinds: readonly Kind[] = ['podcast', 'narration']

export function KindSwitch({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    const other = kind === 'podcast' ? 'narration' : 'podcast'
    onChoose(other)
    event.currentTarget.querySelector<HTMLElement>(`[data-kind="${other}"]`)?.focus()
  }
  return (
    <span className="seg" role="radiogroup" aria-label={t('make.kind')} onKeyDown={onKeyDown}>
      {kinds.map((one) => (
        <button
          key={one}
          type="button"
          role="radio"
          data-kind={one}
          aria-checked={one === kind}
          tabIndex={one === kind ? 0 : -1}
          onClick={() => onChoose(one)}
        >
          {t(`make.${one}`)}
        </button>
      ))}
    </span>
  )
}
