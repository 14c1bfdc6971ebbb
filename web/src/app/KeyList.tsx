import { Sheet } from '../components/Sheet.tsx'
import { useTranslation } from '../i18n/translation.ts'
import { keyHelp } from '../lib/key-help.ts'

const keys = [
  [['Space', 'K'], 'play'],
  [['J', 'L'], 'skip'],
  [['↑', '↓'], 'lines'],
  [['Enter'], 'playLine'],
  [['E'], 'edit'],
  [['Ctrl+Enter'], 'save'],
  [['Esc'], 'close'],
  [['R'], 'retry'],
  [['S'], 'skipLine'],
  [['Alt+↑', 'Alt+↓'], 'move'],
  [['[', ']'], 'chapter'],
  [['<', '>'], 'speed'],
  [['/'], 'search'],
  [['N'], 'new'],
  [['G L'], 'library'],
  [['?'], 'help'],
] as const

/** All keys there are. */
export default function KeyList() {
  const { t } = useTranslation()
  return (
    <Sheet title={t('listen.keys')} onClose={() => keyHelp.set(false)}>
      <dl className="keylist">
        {keys.map(([names, what]) => (
          <div key={what}>
            <dt>{t(`listen.key.${what}`)}</dt>
            <dd>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
