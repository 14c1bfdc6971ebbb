import { usePermissions, useTranslate } from 'react-admin'

/** Says to support, on every page, why there is nothing to press. */
export function ReadOnlyLine() {
  const t = useTranslate()
  const { permissions } = usePermissions<string>()
  if (permissions !== 'support') return null
  return (
    <p className="read-only" role="note">
      {t('console.access.read_only')}
    </p>
  )
}
