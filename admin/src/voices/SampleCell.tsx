import { useDataProvider, useRefresh, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { useFormats } from '../fields/formats.ts'
import { ActButton } from '../layout/ActButton.tsx'
import { AskButton } from '../layout/AskButton.tsx'
import type { AdminVoice } from '../records.ts'

/** Plays a voice's sample, or has it made: for a paid voice that is money, so it is asked first. */
export function SampleCell({ voice }: { voice: AdminVoice }) {
  const t = useTranslate()
  if (voice.sampleUrl)
    return <audio controls preload="none" src={voice.sampleUrl} aria-label={t('console.voice.hear', { name: voice.name })} />
  if (voice.sample === 'making') return t('console.voice.making')
  if (!voice.available) return t('console.none')
  return (
    <>
      <AdminOnly>
        <Make voice={voice} />
      </AdminOnly>
      {voice.sampleFailure && <div className="meta">{t('console.voice.failed', { code: voice.sampleFailure.code })}</div>}
    </>
  )
}

function Make({ voice: { id, name, sampleCostMicroUsd } }: { voice: AdminVoice }) {
  const t = useTranslate()
  const { money } = useFormats()
  const refresh = useRefresh()
  const provider = useDataProvider<ConsoleProvider>()
  const deed = { act: () => provider.askForSample(id), done: 'console.voice.making', after: refresh }
  if (sampleCostMicroUsd === 0) return <ActButton label={t('console.voice.make')} {...deed} />
  const cost = money(sampleCostMicroUsd ?? 0)
  return (
    <AskButton
      label={t('console.voice.make_for', { cost })}
      title={t('console.voice.make_title', { name })}
      body={t('console.voice.make_body', { cost })}
      confirm={t('console.voice.make_yes')}
      cancel="console.voice.make_no"
      {...deed}
    />
  )
}
