import { Moon } from 'lucide-react'
import { Menu } from '../../components/Menu.tsx'
import { Choice } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { sleepAtPlace, sleepIn, sleepNever, useSleep, useSleepLeft } from '../../lib/sleep-timer.ts'
import { clock, spokenLength } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import type { PlayerView } from './view.ts'
import { chapterAround } from './chapters.ts'

const minutes = [10, 20, 30, 45, 60]

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
  const isPlace = sleep !== null && 'placeMs' in sleep
  return (
    <Menu
      label={words}
      title={words}
      className={left === null ? 'ib' : 'ib sleeping'}
      items={(close) => (
        <>
          <Choice value={0} chosen={sleep === null ? 0 : 1} onChoose={() => (sleepNever(), close())}>
            {t('listen.sleepNever')}
          </Choice>
          {minutes.map((count) => (
            <Choice key={count} value={count} chosen={-1} onChoose={() => (sleepIn(count), close())}>
              {spokenLength(count * 60_000, language)}
            </Choice>
          ))}
          <Choice value chosen={isPlace} onChoose={() => (sleepAtPlace(endMs), close())}>
            {chapters.length > 0 && next ? t('listen.sleepChapter') : t('listen.sleepEnd')}
          </Choice>
        </>
      )}
    >
      {left === null ? <Moon className="i" strokeWidth={1.75} aria-hidden="true" /> : <span>{clock(left)}</span>}
    </Menu>
  )
}
