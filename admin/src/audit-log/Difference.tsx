import { useTranslate } from 'react-admin'
import type { AuditEntry } from '../records.ts'
import { differenceOf } from './difference-of.ts'

/** What became other, a line a thing: struck out what was, underlined what is. */
export function Difference({ entry }: { entry: AuditEntry }) {
  const t = useTranslate()
  const changes = differenceOf(entry.before, entry.after)
  if (changes.length === 0) return <span className="two">{t('console.audit.no_change')}</span>
  return (
    <dl>
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {before !== undefined && <del aria-label={t('console.audit.before', { value: before })}>{before}</del>}
            {after !== undefined && <ins aria-label={t('console.audit.after', { value: after })}>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
