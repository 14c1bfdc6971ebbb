import { ArrowDownUp, ChevronDown } from 'lucide-react'
import { Menu } from '../../components/Menu.tsx'
import { Choices } from '../../components/MenuItems.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { sorts } from './episode-list.ts'
import type { Sort } from './episode-list.ts'

/** In which order the works stand. */
export function SortMenu({ sort, onChoose }: { sort: Sort; onChoose: (sort: Sort) => void }) {
  const { t } = useTranslation()
  const words = t(`library.sorts.${sort}`)
  return (
    <Menu
      label={`${t('library.sort')}${t('shell.comma')}${words}`}
      className="btn bare sort"
      items={() => (
        <Choices
          options={sorts.map((value) => ({ value, words: t(`library.sorts.${value}`) }))}
          chosen={sort}
          onChoose={onChoose}
        />
      )}
    >
      <ArrowDownUp className="i narrow" strokeWidth={1.75} aria-hidden="true" />
      <span className="wide">{words}</span>
      <ChevronDown className="i s wide" aria-hidden="true" />
    </Menu>
  )
}
