import { useState } from 'react'
import { useRefresh, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import { Field } from '../fields/Field.tsx'
import { ActButton } from '../layout/ActButton.tsx'
import { AskButton } from '../layout/AskButton.tsx'
import { FormButton } from '../layout/FormButton.tsx'
import type { Provider } from '../records.ts'
import { request } from '../request.ts'

const change = (name: string, body: object) => () =>
  request(`/admin/providers/${encodeURIComponent(name)}`, { method: 'PATCH', body })

/** What an administrator sets of a provider: how much it is asked, and whether at all. */
export function ProviderDeeds({ provider }: { provider: Provider }) {
  const t = useTranslate()
  const refresh = useRefresh()
  const { name, enabled, concurrency, requestsPerSecond } = provider
  return (
    <AdminOnly>
      <span className="deeds">
        <Limits key={`${concurrency} ${requestsPerSecond}`} provider={provider} after={refresh} />
        {enabled ? (
          <AskButton
            label={t('console.provider.switch_off')}
            title={t('console.provider.switch_off_title', { name })}
            body={t('console.provider.switch_off_body')}
            confirm={t('console.provider.switch_off')}
            act={change(name, { enabled: false })}
            done="console.provider.now_off"
            after={refresh}
          />
        ) : (
          <ActButton
            label={t('console.provider.switch_on')}
            act={change(name, { enabled: true })}
            done="console.provider.now_on"
            after={refresh}
          />
        )}
      </span>
    </AdminOnly>
  )
}

function Limits({ provider, after }: { provider: Provider; after: () => void }) {
  const t = useTranslate()
  const [atOnce, setAtOnce] = useState(String(provider.concurrency))
  const [rate, setRate] = useState(provider.requestsPerSecond === null ? '' : String(provider.requestsPerSecond))
  const concurrency = /^\d{1,4}$/.test(atOnce) ? Number(atOnce) : NaN
  const isConcurrency = concurrency >= 1 && concurrency <= 1000
  const requestsPerSecond = rate.trim() === '' ? null : Number(rate)
  const isRate = requestsPerSecond === null || (requestsPerSecond >= 0.01 && requestsPerSecond <= 10_000)
  const body = {
    ...(concurrency !== provider.concurrency && { concurrency }),
    ...(requestsPerSecond !== provider.requestsPerSecond && { requestsPerSecond }),
  }
  const isOther = Object.keys(body).length > 0
  return (
    <FormButton
      label={t('console.provider.limits')}
      title={t('console.provider.limits_title', { name: provider.name })}
      lead={t('console.provider.limits_lead')}
      confirm={t('console.spending.save')}
      act={isConcurrency && isRate && isOther ? change(provider.name, body) : undefined}
      done="console.provider.limits_changed"
      after={after}
    >
      <Field
        name={t('resources.providers.fields.concurrency')}
        inputMode="numeric"
        fault={isConcurrency ? undefined : t('console.provider.bad_concurrency')}
        value={atOnce}
        onChange={(event) => setAtOnce(event.currentTarget.value)}
      />
      <Field
        name={t('resources.providers.fields.requestsPerSecond')}
        inputMode="decimal"
        help={t('console.provider.rate_help')}
        fault={isRate ? undefined : t('console.provider.bad_rate')}
        value={rate}
        onChange={(event) => setRate(event.currentTarget.value)}
      />
    </FormButton>
  )
}
