import { DataTable, SearchInput, SelectInput, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { RecordLink } from '../fields/RecordLink.tsx'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AdminUser } from '../records.ts'
import { UserStateTag } from './UserStateTag.tsx'

const Column = DataTable.Col<AdminUser>

export function UserList() {
  const t = useTranslate()
  const { count, money, moment } = useFormats()
  const roles = ['user', 'support', 'admin'].map((id) => ({ id, name: t(`console.role.${id}`) }))
  return (
    <ConsoleList<AdminUser>
      sort={{ field: 'createdAt', order: 'DESC' }}
      filters={[
        <SearchInput key="q" source="q" alwaysOn placeholder={t('resources.users.fields.q')} />,
        <SelectInput key="role" source="role" alwaysOn choices={roles} translateChoice={false} />,
      ]}
    >
      <DataTable<AdminUser> bulkActionButtons={false} empty={<NothingFound />} rowClick="show">
        <Column
          source="email"
          render={({ id, email }) => (
            <RecordLink resource="users" id={id}>
              {email}
            </RecordLink>
          )}
        />
        <Column source="name" disableSort />
        <Column source="role" disableSort render={({ role }) => t(`console.role.${role}`, { _: role })} />
        <Column source="banned" disableSort render={({ banned }) => <UserStateTag banned={banned} />} />
        <Column source="episodes" align="right" disableSort render={({ episodes }) => count(episodes)} />
        <Column source="costMicroUsd" align="right" disableSort render={({ costMicroUsd }) => money(costMicroUsd)} />
        <Column source="createdAt" render={({ createdAt }) => moment(createdAt)} />
        <Column
          source="lastSeenAt"
          disableSort
          render={({ lastSeenAt }) => (lastSeenAt ? moment(lastSeenAt) : t('console.none'))}
        />
      </DataTable>
    </ConsoleList>
  )
}
