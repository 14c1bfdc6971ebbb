import { useTranslation } from '../i18n/translation.ts'
import type { SourceRead } from '../lib/types.ts'

const kinds = ['images', 'tables', 'around-article', 'pages-without-text', 'page-headers', 'cue-times', 'unread-parts'] as const
type Kind = (typeof kinds)[number]
const isKind = (what: string): what is Kind => (kinds as readonly string[]).includes(what)

/** What of a source is not in its text; nothing is left out in silence. */
export function LeftOut({ source: { leftOut } }: { source: Pick<SourceRead, 'leftOut'> }) {
  const { t } = useTranslation()
  const words = leftOut.flatMap(({ what, count }) => (isKind(what) ? t(`source.leftOut.${what}`, { count }) : []))
  if (words.length === 0) return null
  return <p className="meta">{t('source.without', { list: words.join(t('make.listComma')) })}</p>
}
