import { memo } from 'react'
import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { rates, setRate } from '../../lib/playback.ts'

export const SpeedMenu = memo(function SpeedMenu({ rate }: { rate: number }) {
  const { t } = useTranslation()
  return (
    <Menu
      label={`${t('player.speed')}${t('shell.comma')}${rate}x`}
      className="ib speed"
      items={() => <Choices options={rates.map((value) => ({ value, words: `${value}x` }))} chosen={rate} onChoose={setRate} />}
    >
      {rate}x
    </Menu>
  )
})
