import { useTranslate } from 'react-admin'
import { Tag } from '../fields/Tag.tsx'
import type { TagLook } from '../fields/Tag.tsx'
import type { Backup } from '../records.ts'

const looks: Record<Backup['status'], TagLook> = {
  running: { mark: 'busy' },
  verified: { mark: 'check' },
  failed: { mark: 'cross', tone: 'hold' },
  damaged: { mark: 'hold', tone: 'hold' },
  deleting: { mark: 'minus' },
  deleted: { mark: 'minus' },
}

export function BackupStateTag({ status }: Pick<Backup, 'status'>) {
  const t = useTranslate()
  return <Tag look={looks[status]}>{t(`console.backup.status.${status}`)}</Tag>
}
