import { useMutation } from '@tanstack/react-query'
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useErrorWords } from '../layout/use-error-words.ts'

/** Makes a backup now. One at a time: a second press is answered in words. */
export function RunBackup() {
  const t = useTranslate()
  const notify = useNotify()
  const refresh = useRefresh()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const order = useMutation({
    mutationFn: () => provider.runBackup(),
    onSuccess: () => notify('console.backup.ordered'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: refresh,
  })
  return (
    <button type="button" className="button" disabled={order.isPending} onClick={() => order.mutate()}>
      {t('console.backup.run')}
    </button>
  )
}
