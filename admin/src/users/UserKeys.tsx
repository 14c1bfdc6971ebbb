import { useDataProvider, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { CardTable } from '../fields/CardTable.tsx'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import { useRead } from '../layout/use-read.ts'
import type { AdminUser, ApiKey } from '../records.ts'

/** The keys by which programs act for a user, and revoking them. */
export function UserKeys({ user }: { user: AdminUser }) {
  const t = useTranslate()
  const { moment } = useFormats()
  const provider = useDataProvider<ConsoleProvider>()
  const { data, error, refetch } = useRead<{ data: ApiKey[] }>(`/admin/users/${encodeURIComponent(user.id)}/keys`)
  const again = () => void refetch()
  if (error) return <LoadError error={error} again={again} />
  if (!data) return null
  return (
    <CardTable
      title={t('console.key.name')}
      summary={t('console.key.summary', { smart_count: data.data.length })}
      empty={t('console.key.empty')}
      first={5}
      rows={data.data}
      keyOf={({ id }) => id}
      columns={[
        { name: t('console.key.purpose'), cell: ({ name }) => name },
        { name: t('console.key.start'), cell: ({ start }) => <code>{start}…</code> },
        {
          name: t('console.key.scopes'),
          cell: ({ scopes }) => scopes.map((scope) => t(`console.key.scope.${scope}`)).join(t('console.key.and')),
        },
        { name: t('console.key.made'), cell: ({ createdAt }) => moment(createdAt) },
        { name: t('console.key.used'), cell: ({ lastUsedAt }) => (lastUsedAt ? moment(lastUsedAt) : t('console.key.unused')) },
        { name: t('console.key.expires'), cell: ({ expiresAt }) => (expiresAt ? moment(expiresAt) : t('console.key.forever')) },
        {
          name: ' ',
          cell: ({ id, name }) => (
            <AdminOnly>
              <AskButton
                label={t('console.key.revoke')}
                title={t('console.key.revoke_title', { name })}
                body={t('console.key.revoke_body', { email: user.email })}
                confirm={t('console.key.revoke')}
                act={() => provider.revokeKey(user.id, id)}
                done="console.key.revoked"
                after={again}
              />
            </AdminOnly>
          ),
        },
      ]}
    />
  )
}
