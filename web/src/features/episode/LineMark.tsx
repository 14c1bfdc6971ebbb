import { Circle, Minus } from 'lucide-react'
import { HoldIcon, VoicingBars } from '../../components/Icons.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Line } from '../../lib/types.ts'

/** Stands where the time will be. */
export function LineMark({ status }: { status: Line['status'] }) {
  const { t } = useTranslation()
  const label = t(`episode.line.${status}`)
  return (
    <span className="at" role="img" aria-label={label} title={label}>
      {status === 'waiting' && <Circle className="i s" strokeWidth={2.5} style={{ padding: 2 }} />}
      {/* Sound is there, but a line before it has none: its time is not known yet. */}
      {status === 'ready' && <Circle className="i s" fill="currentColor" style={{ padding: 5 }} />}
      {status === 'voicing' && <VoicingBars />}
      {status === 'failed' && <HoldIcon small />}
      {status === 'skipped' && <Minus className="i s" />}
    </span>
  )
}
