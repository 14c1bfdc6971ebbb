import { useState } from 'react'
import { useDataProvider, useTranslate } from 'react-admin'
import type { ConsoleProvider } from '../dataProvider.ts'
import { Field, LongField } from '../fields/Field.tsx'
import { isOver, isoOf } from '../fields/typed-moment.ts'
import { FormButton } from '../layout/FormButton.tsx'

/** Writes a notice in both languages, with an end when it has one. */
export function TellAll({ after }: { after: () => void }) {
  const t = useTranslate()
  const provider = useDataProvider<ConsoleProvider>()
  const [zh, setZh] = useState('')
  const [en, setEn] = useState('')
  const [until, setUntil] = useState('')
  const isPast = isOver(until)
  const isWhole = zh.trim() !== '' && en.trim() !== '' && !isPast
  const tell = async () => {
    const endsAt = isoOf(until)
    await provider.tellAll({ zh: zh.trim(), en: en.trim(), ...(endsAt && { endsAt }) })
    setZh('')
    setEn('')
    setUntil('')
  }
  return (
    <FormButton
      label={t('console.notice.tell')}
      title={t('console.notice.tell')}
      lead={t('console.notice.lead')}
      confirm={t('console.notice.show')}
      act={isWhole ? tell : undefined}
      done="console.notice.now_shown"
      after={after}
    >
      <LongField
        name={t('console.notice.zh')}
        lang="zh-CN"
        maxLength={500}
        value={zh}
        onChange={(e) => setZh(e.currentTarget.value)}
      />
      <LongField
        name={t('console.notice.en')}
        lang="en"
        maxLength={500}
        value={en}
        onChange={(e) => setEn(e.currentTarget.value)}
      />
      <Field
        name={t('console.notice.ends')}
        type="datetime-local"
        help={t('console.notice.ends_help')}
        fault={isPast ? t('console.past') : undefined}
        value={until}
        onChange={(e) => setUntil(e.currentTarget.value)}
      />
    </FormButton>
  )
}
