import { FileText, Link2, MessageSquareText, X } from 'lucide-react'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Draft } from '../../lib/draft.ts'
import { isEmptyDraft } from '../../lib/draft.ts'
import { dropDraft, putAside, takeUp, useShelf } from '../../lib/draft-shelf.ts'
import type { ShelvedDraft } from '../../lib/draft-shelf.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { recognise } from '../../lib/recognise.ts'
import { shortDate } from '../../lib/time.ts'
import { showToast } from '../../lib/toast.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'

const longestTitle = 40

/** What was begun and put aside. */
export function DraftShelf({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const drafts = useShelf()
  const isEmpty = isEmptyDraft(draft)
  if (isEmpty && drafts.length === 0) return null
  return (
    <section className="shelf" aria-label={t('make.drafts')}>
      <div className="secbar">
        {drafts.length > 0 && <h2 className="h3">{t('make.drafts')}</h2>}
        {isEmpty ? (
          <span className="meta">{t('make.draftsNote')}</span>
        ) : (
          <button type="button" className="link" onClick={putAside}>
            {t('make.putAside')}
          </button>
        )}
      </div>
      <ul>
        {drafts.map((one) => (
          <DraftRow key={one.id} shelved={one} />
        ))}
      </ul>
    </section>
  )
}

function DraftRow({ shelved }: { shelved: ShelvedDraft }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const { draft, at } = shelved
  const seen = recognise(draft.text)
  const title = draft.text.trim().slice(0, longestTitle) || draft.files[0]?.name || ''
  const Icon = draft.files.length > 0 ? FileText : seen.links.length > 0 ? Link2 : MessageSquareText
  const amount = { amount: seen.amount }
  const drop = () => showToast(t('make.draftDropped'), { words: t('shell.undo'), run: dropDraft(shelved) })
  return (
    <li>
      <Icon className="i" strokeWidth={1.75} aria-hidden="true" />
      <button type="button" className="pickup" onClick={() => takeUp(shelved)}>
        <b lang={langTag(seen.language)}>{title}</b>
        <span className="meta">
          <Parts>
            {draft.files.length > 0 && t('make.draftFiles', { count: draft.files.length })}
            {seen.amount > 0 && t(seen.language === 'zh' ? 'make.chineseText' : 'make.englishText', amount)}
            {shortDate(at, language)}
          </Parts>
        </span>
      </button>
      <button type="button" className="ib" aria-label={t('make.dropDraft', { title })} onClick={drop}>
        <X className="i s" aria-hidden="true" />
      </button>
    </li>
  )
}
