import { memo } from 'react'
import { Menu } from '../../components/Menu.tsx'
import { Choice } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { rates, setRate } from '../../lib/playback.ts'

export const SpeedMenu = memo(function SpeedMenu({ rate }: { rate: number }) {
  const { t } = useTranslation()
  return (
    <Menu
      label={`${t('player.speed')}${t('shell.comma')}${rate}x`}
      className="ib speed"
      items={(close) =>
        rates.map((option) => (
          <Choice key={option} value={option} chosen={rate} onChoose={(next) => (setRate(next), close())}>
            {option}x
          </Choice>
        ))
      }
    >
      {rate}x
    </Menu>
  )
})
