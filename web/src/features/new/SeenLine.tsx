import { useTranslation } from '../../i18n/translation.ts'
import type { Recognised } from '../../lib/recognise.ts'
import type { Order } from './order.ts'
import { looksLikeTopic } from './order.ts'

interface SeenLineProps {
  text: string
  seen: Recognised
  order: Order
  asText: boolean
  onChange: (part: { asText: boolean }) => void
}

/** What was recognised in the box: language, length, a finished script. */
export function SeenLine({ text, seen, order, asText, onChange }: SeenLineProps) {
  const { t } = useTranslation()
  if (seen.amount === 0 || seen.links.length > 0) return <div id="seen" />
  const { amount } = seen
  const isTopic = order.brief.sources[0]?.type === 'topic'
  return (
    <div className="got meta" id="seen">
      <span>{seen.language === 'zh' ? t('make.chineseText', { amount }) : t('make.englishText', { amount })}</span>
      {order.asScript && <span>{t('make.script', { count: seen.scriptSpeakers?.length ?? 1 })}</span>}
      {looksLikeTopic(text, seen) && <span>{t(isTopic ? 'make.topic' : 'make.short')}</span>}
      {seen.scriptSpeakers && order.kind === 'podcast' && (
        <button type="button" className="link" onClick={() => onChange({ asText: !asText })}>
          {asText ? t('make.treatAsScript') : t('make.treatAsText')}
        </button>
      )}
    </div>
  )
}
