import { useTranslation } from '../../i18n/translation.ts'
import { changeDraft } from '../../lib/draft.ts'

/** For who has nothing at hand: a press fills the box. Topics only where something can be written about them. */
export function Ideas({ topics }: { topics: boolean }) {
  const { t } = useTranslation()
  const ideas = [
    ...(topics ? (['topicOne', 'topicTwo'] as const).map((key) => ({ words: t(`front.${key}`), text: t(`front.${key}`) })) : []),
    { words: t('front.readAloud'), text: t('front.readAloudText') },
  ]
  return (
    <p className="ideas">
      <span className="meta">{t('front.noIdea')}</span>
      {ideas.map(({ words, text }) => (
        <button key={words} type="button" className="link" onClick={() => changeDraft({ text })}>
          {words}
        </button>
      ))}
    </p>
  )
}
