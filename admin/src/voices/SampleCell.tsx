import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Confirm, useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useFormats } from '../fields/formats.ts'
import { useErrorWords } from '../layout/use-error-words.ts'
import type { AdminVoice } from '../records.ts'

/** Plays a voice's sample, or has it made: for a paid voice that is money, so it is asked first. */
export function SampleCell({ voice }: { voice: AdminVoice }) {
  const t = useTranslate()
  const { money } = useFormats()
  const notify = useNotify()
  const words = useErrorWords()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  const [asking, setAsking] = useState(false)
  const make = useMutation({
    mutationFn: () => provider.askForSample(voice.id),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: () => (setAsking(false), refresh()),
  })
  if (voice.sampleUrl)
    return <audio controls preload="none" src={voice.sampleUrl} aria-label={t('console.voice.hear', { name: voice.name })} />
  if (voice.sample === 'making') return t('console.voice.making')
  if (!voice.available) return t('console.none')
  const cost = money(voice.sampleCostMicroUsd ?? 0)
  const paid = voice.sampleCostMicroUsd !== 0
  return (
    <>
      <button type="button" className="button" disabled={make.isPending} onClick={() => (paid ? setAsking(true) : make.mutate())}>
        {paid ? t('console.voice.make_for', { cost }) : t('console.voice.make')}
      </button>
      {voice.sampleFailure && <div className="meta">{t('console.voice.failed', { code: voice.sampleFailure.code })}</div>}
      <Confirm
        isOpen={asking}
        loading={make.isPending}
        title={t('console.voice.make_title', { name: voice.name })}
        content={t('console.voice.make_body', { cost })}
        confirm="console.voice.make_yes"
        cancel="console.voice.make_no"
        ConfirmIcon={Nothing}
        CancelIcon={Nothing}
        onConfirm={() => make.mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

/** The dialog's buttons are words enough. */
const Nothing = () => null
