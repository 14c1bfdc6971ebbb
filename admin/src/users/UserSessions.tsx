import { useDataProvider, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import { useRead } from '../layout/use-read.ts'
import type { AdminUser, Session } from '../records.ts'
import { browserOf } from './browser-of.ts'

/** Somebody who is suspended is signed out everywhere at once. */
const REFRESH_MS = 5_000

/** Where a user is signed in, and ending that. */
export function UserSessions({ user }: { user: AdminUser }) {
  const t = useTranslate()
  const { moment } = useFormats()
  const provider = useDataProvider<ConsoleProvider>()
  const { data, error, refetch } = useRead<{ data: Session[] }>(
    `/admin/users/${encodeURIComponent(user.id)}/sessions`,
    REFRESH_MS,
  )
  const again = () => void refetch()
  if (error) return <LoadError error={error} again={again} />
  if (!data) return null
  const sessions = data.data
  const end = (label: string, body: string, sessionId?: string) => (
    <AdminOnly>
      <AskButton
        label={label}
        title={t('console.session.end_title', { email: user.email })}
        body={body}
        confirm={label}
        act={() => provider.signOut(user.id, sessionId)}
        done="console.session.ended"
        after={again}
      />
    </AdminOnly>
  )
  return (
    <>
      <CardTable
        title={t('console.session.name')}
        summary={t('console.session.summary', { smart_count: sessions.length })}
        empty={t('console.session.empty')}
        first={5}
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t('console.session.browser'),
            cell: ({ userAgent }) => <span title={userAgent ?? ''}>{browserOf(userAgent)}</span>,
          },
          { name: t('console.session.address'), cell: ({ ipAddress }) => ipAddress ?? t('console.none') },
          { name: t('console.session.began'), cell: ({ createdAt }) => moment(createdAt) },
          { name: t('console.session.last_seen'), cell: ({ lastSeenAt }) => moment(lastSeenAt) },
          { name: t('console.session.expires'), cell: ({ expiresAt }) => moment(expiresAt) },
          { name: ' ', cell: ({ id }) => end(t('console.session.end'), t('console.session.end_body'), id) },
        ]}
      />
      {sessions.length > 1 && <p className="below">{end(t('console.session.end_all'), t('console.session.end_all_body'))}</p>}
    </>
  )
}
