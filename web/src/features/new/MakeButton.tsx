import { PlayIcon, VoicingBars } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'

interface MakeButtonProps {
  kind: 'podcast' | 'narration'
  big: boolean
  busy: boolean
  onPress: () => void
}

/** Cinnabar: it starts sound. */
export function MakeButton({ kind, big, busy, onPress }: MakeButtonProps) {
  const { t } = useTranslation()
  return (
    <button type="button" className={big ? 'btn go big' : 'btn go'} disabled={busy} title="Ctrl+Enter" onClick={onPress}>
      {busy ? <VoicingBars /> : <PlayIcon />}
      {busy ? t('make.making') : t(kind === 'podcast' ? 'make.makePodcast' : 'make.makeNarration')}
    </button>
  )
}
