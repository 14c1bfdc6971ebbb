import { useMutation } from '@tanstack/react-query'
import { useDataProvider, useDelete, useNotify, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { BackupDetail } from '../records.ts'

/** Prove it anew, follow its run, and a delete that is always refused: the button says so instead of being missing. */
export function BackupActions({ backup, onChanged }: { backup: BackupDetail; onChanged: () => void }) {
  const t = useTranslate()
  const notify = useNotify()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const refused = (error: unknown) => notify(words(error), { type: 'warning', autoHideDuration: 10_000 })
  const verify = useMutation({
    mutationFn: () => provider.verifyBackup(backup.id),
    onSuccess: () => notify('console.backup.verifying'),
    onError: refused,
    onSettled: onChanged,
  })
  const [remove, { isPending }] = useDelete()
  const isKept = backup.status === 'verified' || backup.status === 'damaged'
  return (
    <>
      {isKept && (
        <button type="button" className="button" disabled={verify.isPending || backup.isDrilling} onClick={() => verify.mutate()}>
          {t('console.backup.verify')}
        </button>
      )}
      {isKept && (
        <button
          type="button"
          className="button"
          disabled={isPending}
          onClick={() => void remove('backups', { id: backup.id, previousData: backup }, { onError: refused })}
        >
          {t('console.backup.delete')}
        </button>
      )}
      {backup.workflowUrl && (
        <a className="button" href={backup.workflowUrl} target="_blank" rel="noreferrer">
          {t('console.backup.temporal')}
        </a>
      )}
    </>
  )
}
