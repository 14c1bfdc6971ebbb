import { List } from 'lucide-react'
import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { play } from '../../lib/playback.ts'
import { clock } from '../../lib/time.ts'
import { chapterAround } from './chapters.ts'
import type { PlayerView } from './view.ts'

/** The chapters of what is in the player; a press plays from there. */
export function ChapterMenu({ chapters, playback }: PlayerView) {
  const { t } = useTranslation()
  if (chapters.length === 0) return null
  const here = chapterAround(chapters, playback.positionMs).current?.index ?? -1
  return (
    <Menu
      label={t('listen.chapters')}
      title={t('listen.chapters')}
      className="ib"
      items={() => (
        <Choices
          options={chapters.map(({ index, title, startMs }) => ({ value: index, words: title, note: clock(startMs) }))}
          chosen={here}
          onChoose={(index) => play(chapters.find((chapter) => chapter.index === index)?.startMs)}
        />
      )}
    >
      <List className="i" strokeWidth={1.75} aria-hidden="true" />
    </Menu>
  )
}
