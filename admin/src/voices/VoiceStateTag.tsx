import { useTranslate } from 'react-admin'
import { Tag } from '../fields/Tag.tsx'
import type { AdminVoice } from '../records.ts'

/** Whether a voice can speak now, and which key it lacks. */
export function VoiceStateTag({ voice: { available, needsKey } }: { voice: AdminVoice }) {
  const t = useTranslate()
  if (available) return <Tag look={{ mark: 'check' }}>{t('console.voice.on')}</Tag>
  return (
    <Tag look={{ mark: 'hold', tone: 'hold' }}>
      {needsKey === null ? t('console.voice.off') : t('console.voice.needs_key', { key: needsKey })}
    </Tag>
  )
}
