import { useState } from 'react'
import { useRefresh, useTranslate } from 'react-admin'
import { Choice, LongField } from '../fields/Field.tsx'
import { AskButton } from '../layout/AskButton.tsx'
import { FormButton } from '../layout/FormButton.tsx'
import type { AdminUser } from '../records.ts'
import { request } from '../request.ts'

const roles = ['user', 'support', 'admin'] as const
type Role = (typeof roles)[number]
const roleOf = (role: string): Role => roles.find((one) => one === role) ?? 'user'

/** What an administrator does about a user: give and take a role, suspend and let in again. */
export function UserActions({ user }: { user: AdminUser }) {
  const refresh = useRefresh()
  const change = (body: object) => () => request(`/admin/users/${encodeURIComponent(user.id)}`, { method: 'PATCH', body })
  return (
    <>
      <RoleButton key={user.role} user={user} change={change} after={refresh} />
      {user.banned ? (
        <LetIn user={user} change={change} after={refresh} />
      ) : (
        <Suspend user={user} change={change} after={refresh} />
      )}
    </>
  )
}

interface DeedProps {
  user: AdminUser
  change: (body: object) => () => Promise<unknown>
  after: () => void
}

function RoleButton({ user, change, after }: DeedProps) {
  const t = useTranslate()
  const [role, setRole] = useState(roleOf(user.role))
  return (
    <FormButton
      label={t('console.user.role')}
      title={t('console.user.role_title', { email: user.email })}
      confirm={t('console.spending.save')}
      act={role === user.role ? undefined : change({ role })}
      done="console.user.role_changed"
      after={after}
    >
      <Choice
        name={t('resources.users.fields.role')}
        help={t(`console.user.role_means.${role}`)}
        value={role}
        choices={roles.map((value) => ({ value, name: t(`console.role.${value}`) }))}
        onChoose={setRole}
      />
    </FormButton>
  )
}

function Suspend({ user, change, after }: DeedProps) {
  const t = useTranslate()
  const [banReason, setReason] = useState('')
  return (
    <FormButton
      label={t('console.user.suspend')}
      title={t('console.user.suspend_title', { email: user.email })}
      lead={t('console.user.suspend_lead')}
      confirm={t('console.user.suspend')}
      act={change({ banned: true, banReason })}
      done="console.user.now_suspended"
      after={after}
    >
      <LongField
        name={t('console.user.reason')}
        help={t('console.user.reason_help')}
        maxLength={500}
        value={banReason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormButton>
  )
}

function LetIn({ user, change, after }: DeedProps) {
  const t = useTranslate()
  return (
    <AskButton
      label={t('console.user.let_in')}
      title={t('console.user.let_in_title', { email: user.email })}
      body={t('console.user.let_in_body')}
      confirm={t('console.user.let_in')}
      act={change({ banned: false })}
      done="console.user.now_let_in"
      after={after}
    />
  )
}
