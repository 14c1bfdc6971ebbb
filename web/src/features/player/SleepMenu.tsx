import { Moon } from 'lucide-react'
import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { sleepAtPlace, sleepIn, sleepNever, useSleep, useSleepLeft } from '../../lib/sleep-timer.ts'
import { clock, spokenLength } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import type { PlayerView } from './view.ts'
import { chapterAround } from './chapters.ts'

const minutes = [10, 20, 30, 45, 60]
type When = number | 'never' | 'place'

/** Lets the sound stop by itself, and says how long it still goes on. */
export function SleepMenu({ chapters, playback, totalMs }: PlayerView) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const sleep = useSleep()
  const left = useSleepLeft()
  const words =
    left === null ? t('listen.sleep') : `${t('listen.sleep')}${t('shell.comma')}${t('listen.sleepLeft', { time: clock(left) })}`
  const { next } = chapterAround(chapters, playback.positionMs)
  const endMs = next?.startMs ?? totalMs
  // How many minutes were chosen is over as soon as they run.
  const chosen = sleep === null ? 'never' : 'placeMs' in sleep ? 'place' : null
  const choose = (when: When | null) =>
    typeof when === 'number' ? sleepIn(when) : when === 'place' ? sleepAtPlace(endMs) : sleepNever()
  return (
    <Menu
      label={words}
      title={words}
      className={left === null ? 'ib' : 'ib sleeping'}
      items={() => (
        <Choices
          options={[
            { value: 'never', words: t('listen.sleepNever') },
            ...minutes.map((value) => ({ value, words: spokenLength(value * 60_000, language) })),
            { value: 'place', words: chapters.length > 0 && next ? t('listen.sleepChapter') : t('listen.sleepEnd') },
          ]}
          chosen={chosen}
          onChoose={choose}
        />
      )}
    >
      {left === null ? <Moon className="i" strokeWidth={1.75} aria-hidden="true" /> : <span>{clock(left)}</span>}
    </Menu>
  )
}
