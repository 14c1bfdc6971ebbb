import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Title } from '../../components/Title.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { onDemand, soon } from '../../lib/on-demand.ts'
import type { Episode } from '../../lib/types.ts'

// Forms are read when one is asked for: most episodes are listened to as they are.
const RetitleForm = onDemand(() => import('./RetitleForm.tsx').then((file) => file.default))
const readAhead = soon(RetitleForm)

/** The title, mended where it stands. */
export function EpisodeTitle({ episode }: { episode: Episode }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const title = (
    <h1 className="h1" lang={langTag(episode.language)}>
      <Title language={episode.language}>{episode.title}</Title>
    </h1>
  )
  if (editing) return <RetitleForm episode={episode} onClose={() => setEditing(false)} meanwhile={title} />
  return (
    <>
      {title}
      <button
        type="button"
        className="ib"
        title={t('episode.rename')}
        aria-label={t('episode.rename')}
        onPointerEnter={readAhead}
        onFocus={readAhead}
        onClick={() => setEditing(true)}
      >
        <Pencil className="i" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </>
  )
}
