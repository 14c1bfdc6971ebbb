import { ShowBase, useRefresh, useShowContext, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import { Fact, Facts } from '../fields/Facts.tsx'
import { useFormats } from '../fields/formats.ts'
import { ListLink } from '../fields/ListLink.tsx'
import { FilteredLink } from '../fields/RecordLink.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { ShowFailed } from '../layout/ShowFailed.tsx'
import '../spending/spending.css'
import { CapForm } from '../spending/CapForm.tsx'
import type { AdminUserDetail } from '../records.ts'
import { UserActions } from './UserActions.tsx'
import { UserEpisodes } from './UserEpisodes.tsx'
import { UserKeys } from './UserKeys.tsx'
import { UserSessions } from './UserSessions.tsx'
import { UserStateTag } from './UserStateTag.tsx'

/** Pays for what serves everybody; nobody signs in as it. */
const HOUSE = 'house'

export function UserShow() {
  return (
    <ShowBase<AdminUserDetail>
      // A key of its own: react-admin keeps the rows of a list as records, and a row has no plan.
      queryOptions={{ meta: { whole: true }, onError: () => undefined }}
    >
      <Page />
    </ShowBase>
  )
}

function Page() {
  const { record } = useShowContext<AdminUserDetail>()
  return record ? <User user={record} /> : <ShowFailed />
}

function User({ user }: { user: AdminUserDetail }) {
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
            <AdminOnly>{user.id !== HOUSE && <UserActions user={user} />}</AdminOnly>
          </>
        }
      />
      <Facts>
        <Fact name={named('name')}>{user.name}</Fact>
        <Fact name={named('role')}>{t(`console.role.${user.role}`, { _: user.role })}</Fact>
        <Fact name={named('banned')}>
          <UserStateTag banned={user.banned} />
          {user.banReason && <p className="meta">{user.banReason}</p>}
        </Fact>
        <Fact name={named('episodes')}>{count(user.episodes)}</Fact>
        <Fact name={named('costMicroUsd')}>{money(user.costMicroUsd)}</Fact>
        <Fact name={named('monthMicroUsd')}>{money(user.monthMicroUsd)}</Fact>
        <Fact name={t('console.user.plan')}>
          {t('console.user.plan_left', { limit: money(user.plan.limitMicroUsd), left: money(user.plan.leftMicroUsd) })}
        </Fact>
        <Fact name={named('createdAt')}>{moment(user.createdAt)}</Fact>
        <Fact name={named('lastSeenAt')}>{user.lastSeenAt ? moment(user.lastSeenAt) : t('console.none')}</Fact>
      </Facts>
      <AdminOnly>
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
      </AdminOnly>
      <UserEpisodes userId={user.id} />
      <UserSessions user={user} />
      <UserKeys user={user} />
    </div>
  )
}
