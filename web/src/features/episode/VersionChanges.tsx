import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../components/Notice.tsx'
import { Sheet } from '../../components/Sheet.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Episode, Script } from '../../lib/types.ts'
import { changesBetween } from './diff.ts'
import type { LineChange } from './diff.ts'

interface VersionChangesProps {
  episode: Episode
  number: number
  before: number
  onClose: () => void
}

/** What a version says otherwise than the one before: added words underlined, those that went struck through. */
export function VersionChanges({ episode: { id, language }, number, before, onClose }: VersionChangesProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const { data, error } = useQuery({
    queryKey: ['changes', id, before, number],
    queryFn: async ({ signal }) => {
      const read = (version: number) => ask<Script>(`/api/episodes/${id}/versions/${version}/script`, { signal })
      const [old, now] = await Promise.all([read(before), read(number)])
      return changesBetween(old.lines, now.lines)
    },
    gcTime: 60_000,
    staleTime: Infinity,
  })
  return (
    <Sheet wide title={t('listen.changesTitle', { number, before })} onClose={onClose}>
      {error && <Notice>{say(error)}</Notice>}
      {!data && !error && <p className="meta">{t('shell.reading')}</p>}
      {data?.length === 0 && <p className="two">{t('listen.noChanges')}</p>}
      <ol className="changes" lang={langTag(language)}>
        {data?.map((change) => (
          <li key={`${change.kind} ${change.line.id}`}>
            <Change change={change} />
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

function Change({ change }: { change: LineChange }) {
  const { t, language } = useTranslation()
  const { kind, line } = change
  const notes =
    kind === 'changed'
      ? [change.isMoved && t('listen.change.moved'), change.isVoice && t('listen.change.voice')].filter((note) => note !== false)
      : [t(`listen.change.${kind}`)]
  return (
    <>
      <p className="meta" lang={langTag(language)}>
        <Parts>
          {line.speaker}
          {t('listen.line', { number: line.position + 1 })}
          {notes}
        </Parts>
      </p>
      <p className="tx">
        {kind === 'added' && <ins>{line.text}</ins>}
        {kind === 'gone' && <del>{line.text}</del>}
        {(kind === 'skipped' || kind === 'unskipped') && line.text}
        {kind === 'changed' &&
          change.pieces.map((piece, index) =>
            piece.kind === 'added' ? (
              <ins key={index}>{piece.text}</ins>
            ) : piece.kind === 'gone' ? (
              <del key={index}>{piece.text}</del>
            ) : (
              piece.text
            ),
          )}
      </p>
    </>
  )
}
