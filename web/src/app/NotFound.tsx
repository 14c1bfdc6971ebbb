import { Lost } from '../components/Lost.tsx'
import { useTranslation } from '../i18n/translation.ts'

export function NotFound() {
  const { t } = useTranslation()
  return <Lost title={t('shell.notFoundTitle')} text={t('shell.notFoundText')} />
}
