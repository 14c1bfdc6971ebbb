import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Confirm, useDataProvider, useGetList, useNotify, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider, ReconcileOrder } from '../dataProvider.ts'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { ReconcileRun } from '../records.ts'

const LOOK: ReconcileOrder = { apply: false, allowMany: false }
const MEND: ReconcileOrder = { apply: true, allowMany: false }
const MEND_ALL: ReconcileOrder = { apply: true, allowMany: true }

/** Look, mend, and, once a run has refused to delete so many, delete them all the same. */
export function ReconcileActions() {
  const t = useTranslate()
  const notify = useNotify()
  const refresh = useRefresh()
  const words = useErrorWords()
  const provider = useDataProvider<ConsoleProvider>()
  const [asking, setAsking] = useState<ReconcileOrder | undefined>(undefined)
  const { data } = useGetList<ReconcileRun>('reconcile', { pagination: { page: 1, perPage: 1 } })
  const wasRefused = data?.[0]?.findings.some(({ refused }) => refused)
  const order = useMutation({
    mutationFn: (wanted: ReconcileOrder) => provider.reconcile(wanted),
    onSuccess: () => notify('console.reconcile.looking'),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: () => {
      setAsking(undefined)
      refresh()
    },
  })
  const name = asking?.allowMany ? 'mend_all' : 'mend'
  return (
    <>
      <button type="button" className="button" disabled={order.isPending} onClick={() => order.mutate(LOOK)}>
        {t('console.reconcile.look')}
      </button>
      <button type="button" className="button" onClick={() => setAsking(MEND)}>
        {t('console.reconcile.mend')}
      </button>
      {wasRefused && (
        <button type="button" className="button" onClick={() => setAsking(MEND_ALL)}>
          {t('console.reconcile.mend_all')}
        </button>
      )}
      <Confirm
        isOpen={asking !== undefined}
        loading={order.isPending}
        title={t(`console.reconcile.${name}_title`)}
        content={t(`console.reconcile.${name}_body`)}
        confirm="console.reconcile.mend_yes"
        cancel="console.reconcile.mend_no"
        ConfirmIcon={Nothing}
        CancelIcon={Nothing}
        onConfirm={() => order.mutate(asking!)}
        onClose={() => setAsking(undefined)}
      />
    </>
  )
}

/** The dialog's buttons are words enough. */
const Nothing = () => null
