import type { ResourceProps } from 'react-admin'
import { BackupList } from './BackupList.tsx'
import { BackupShow } from './BackupShow.tsx'

export const backups: ResourceProps = {
  name: 'backups',
  list: BackupList,
  show: BackupShow,
}
