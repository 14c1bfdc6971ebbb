import { useTranslate } from 'react-admin'
import { Tag } from '../fields/Tag.tsx'

export function UserStateTag({ banned }: { banned: boolean }) {
  const t = useTranslate()
  return <Tag look={{ mark: banned ? 'cross' : 'check' }}>{t(banned ? 'console.user.banned' : 'console.user.active')}</Tag>
}
