import { usePermissions } from 'react-admin'

/** Whether who is signed in may change things here; support may only look. Known before any page is shown. */
export function useMayChange(): boolean {
  const { permissions } = usePermissions<string>()
  return permissions === 'admin'
}
