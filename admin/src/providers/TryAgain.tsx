import { useDataProvider, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { ActButton } from '../layout/ActButton.tsx'

/** Says that it was put right: the next line looks, alone. */
export function TryAgain({ name }: { name: string }) {
  const t = useTranslate()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  return (
    <ActButton
      label={t('console.provider.try_again')}
      act={() => provider.tryProviderAgain(name)}
      done="console.provider.trying"
      after={refresh}
    />
  )
}
