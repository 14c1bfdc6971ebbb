import { useMutation } from '@tanstack/react-query'
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useErrorWords } from '../layout/use-error-words.ts'

/** Says that it was put right: the next line looks, alone. */
export function TryAgain({ name }: { name: string }) {
  const t = useTranslate()
  const notify = useNotify()
  const refresh = useRefresh()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const again = useMutation({
    mutationFn: () => provider.tryProviderAgain(name),
    onSuccess: () => notify('console.provider.trying'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: () => refresh(),
  })
  return (
    <button type="button" className="button" disabled={again.isPending} onClick={() => again.mutate()}>
      {t('console.provider.try_again')}
    </button>
  )
}
