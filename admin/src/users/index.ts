import type { ResourceProps } from 'react-admin'
import type { AdminUser } from '../records.ts'
import { UserList } from './UserList.tsx'
import { UserShow } from './UserShow.tsx'

export const users: ResourceProps = {
  name: 'users',
  list: UserList,
  show: UserShow,
  recordRepresentation: (user: AdminUser) => user.email,
}
