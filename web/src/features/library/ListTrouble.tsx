import { Trouble } from '../../components/Trouble.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** The list did not load; the works themselves are safe. */
export function ListTrouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  return <Trouble title={t('library.errorTitle')} text={t('library.errorText')} error={error} onRetry={onRetry} />
}
