import { Segments } from '../../controls/Segments.tsx'
import { useTranslation } from '../../i18n/translation.ts'

type Kind = 'podcast' | 'narration'

const kinds: readonly Kind[] = ['podcast', 'narration']

export function KindSwitch({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation()
  return (
    <Segments
      label={t('make.kind')}
      options={kinds.map((value) => ({ value, words: t(`make.${value}`) }))}
      chosen={kind}
      onChoose={onChoose}
    />
  )
}
