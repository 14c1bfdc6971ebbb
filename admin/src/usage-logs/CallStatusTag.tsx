import { useTranslate } from 'react-admin'
import { Tag } from '../fields/Tag.tsx'
import type { TagLook } from '../fields/Tag.tsx'
import type { CallStatus } from '../records.ts'

const looks: Record<CallStatus, TagLook> = {
  started: { mark: 'busy' },
  settled: { mark: 'check' },
  failed: { mark: 'hold', tone: 'hold' },
  cancelled: { mark: 'cross' },
  unknown: { mark: 'help', tone: 'hold' },
}

export const callStatuses = Object.keys(looks) as CallStatus[]

export function CallStatusTag({ status }: { status: CallStatus }) {
  const t = useTranslate()
  return <Tag look={looks[status]}>{t(`console.call.${status}`)}</Tag>
}
