import { ShowBase, useRefresh, useShowContext, useTranslate } from 'react-admin'
import { Fact, Facts } from '../fields/Facts.tsx'
import { useFormats } from '../fields/formats.ts'
import { ListLink } from '../fields/ListLink.tsx'
import { FilteredLink } from '../fields/RecordLink.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { ShowFailed } from '../layout/ShowFailed.tsx'
import '../spending/spending.css'
import { CapForm } from '../spending/CapForm.tsx'
import type { AdminUser } from '../records.ts'
import { UserEpisodes } from './UserEpisodes.tsx'
import { UserStateTag } from './UserStateTag.tsx'

export function UserShow() {
  return (
    <ShowBase<AdminUser> queryOptions={{ onError: () => undefined }}>
      <Page />
    </ShowBase>
  )
}

function Page() {
  const { record } = useShowContext<AdminUser>()
  return record ? <User user={record} /> : <ShowFailed />
}

function User({ user }: { user: AdminUser }) {
  const t = useTranslate()
  const refresh = useRefresh()
  const { count, money, moment } = useFormats()
  const filter = { userId: user.id }
  const named = (field: string) => t(`resources.users.fields.${field}`)
  return (
    <div className="page">
      <PageHeader
        title={user.email}
        above={<ListLink resource="users" />}
        actions={
          <>
            <FilteredLink resource="episodes" filter={filter}>
              {t('console.user.episodes')}
            </FilteredLink>
            <FilteredLink resource="usage-logs" filter={filter}>
              {t('console.user.logs')}
            </FilteredLink>
          </>
        }
      />
      <Facts>
        <Fact name={named('name')}>{user.name}</Fact>
        <Fact name={named('role')}>{t(`console.role.${user.role}`, { _: user.role })}</Fact>
        <Fact name={named('banned')}>
          <UserStateTag banned={user.banned} />
        </Fact>
        <Fact name={named('episodes')}>{count(user.episodes)}</Fact>
        <Fact name={named('costMicroUsd')}>{money(user.costMicroUsd)}</Fact>
        <Fact name={named('monthMicroUsd')}>{money(user.monthMicroUsd)}</Fact>
        <Fact name={named('createdAt')}>{moment(user.createdAt)}</Fact>
        <Fact name={named('lastSeenAt')}>{user.lastSeenAt ? moment(user.lastSeenAt) : t('console.none')}</Fact>
      </Facts>
      <div className="caps">
        <CapForm
          key={`${user.id} ${user.monthlyLimitMicroUsd}`}
          field="monthlyLimitMicroUsd"
          now={user.monthlyLimitMicroUsd}
          mayBeEmpty
          path={`/admin/users/${encodeURIComponent(user.id)}`}
          onSaved={refresh}
        />
      </div>
      <UserEpisodes userId={user.id} />
    </div>
  )
}
