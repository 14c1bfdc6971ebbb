import { useDataProvider, useRefresh, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { Tag } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import type { Provider, ProviderTest } from '../records.ts'

/** One small real call: how the last one went, and making another one, its price said before. */
export function TestCall({ provider: { name, test } }: { provider: Provider }) {
  const t = useTranslate()
  const { money } = useFormats()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  const { offer, last } = test
  return (
    <>
      {last && <LastTest test={last} />}
      {offer && last?.status !== 'calling' && (
        <AdminOnly>
          <AskButton
            label={t('console.provider.test_for', { cost: money(offer.costMicroUsd) })}
            title={t('console.provider.test_title', { name })}
            body={t('console.provider.test_body', { ...offer, cost: money(offer.costMicroUsd) })}
            confirm={t('console.provider.test')}
            act={() => provider.testProvider(name)}
            done="console.provider.testing"
            after={refresh}
          />
        </AdminOnly>
      )}
      {!offer && !last && t('console.none')}
    </>
  )
}

function LastTest({ test: { status, failure, costMicroUsd, durationMs, startedAt } }: { test: ProviderTest }) {
  const t = useTranslate()
  const { money, moment, span } = useFormats()
  if (status === 'calling') return <Tag look={{ mark: 'busy' }}>{t('console.provider.test_calling')}</Tag>
  const facts = [moment(startedAt), durationMs === null ? '' : span(durationMs), costMicroUsd === null ? '' : money(costMicroUsd)]
  return (
    <>
      <p>
        {status === 'answered' ? (
          <Tag look={{ mark: 'check' }}>{t('console.provider.test_answered')}</Tag>
        ) : (
          <Tag look={{ mark: 'hold', tone: 'hold' }}>{t('console.provider.test_failed')}</Tag>
        )}
      </p>
      <p className="meta">{facts.filter(Boolean).join(', ')}</p>
      {failure && (
        <p className="meta">
          {failure.detail} <span className="mono">{failure.code}</span>
        </p>
      )}
    </>
  )
}
