import { Check } from 'lucide-react'
import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { Menu } from 'radix-ui/internal'

/** What an open menu is made of: it comes with the panel, so that the pages that have menus need not bring it. */
export const MenuParts = createContext<typeof Menu | null>(null)

function useParts(): typeof Menu {
  const parts = useContext(MenuParts)
  if (!parts) throw new Error('an entry of a menu stands in a menu')
  return parts
}

interface ChoicesProps<T> {
  options: readonly { value: T; words: ReactNode; note?: string | undefined }[]
  chosen: T
  onChoose: (value: T) => void
}

/** One of several. */
export function Choices<T>({ options, chosen, onChoose }: ChoicesProps<T>) {
  const { RadioGroup, RadioItem } = useParts()
  return (
    <RadioGroup
      value={String(options.findIndex(({ value }) => value === chosen))}
      onValueChange={(index) => onChoose(options[Number(index)]!.value)}
    >
      {options.map(({ value, words, note }, index) => (
        <RadioItem key={index} value={String(index)} className="item">
          <span className="check">{value === chosen && <Check className="i s" aria-hidden="true" />}</span>
          <span>{words}</span>
          {note && <span className="meta">{note}</span>}
        </RadioItem>
      ))}
    </RadioGroup>
  )
}

interface DeedProps {
  icon: ReactNode
  children: ReactNode
  onDo: () => void
}

/** Something to do. */
export function Deed({ icon, children, onDo }: DeedProps) {
  const { Item } = useParts()
  return (
    <Item className="item" onSelect={onDo}>
      {icon}
      <span>{children}</span>
    </Item>
  )
}

interface WayProps {
  icon: ReactNode
  children: ReactNode
  href: string
  download?: boolean
}

/** Somewhere to go, or something to take along. */
export function Way({ icon, children, href, download = false }: WayProps) {
  const { Item } = useParts()
  return (
    <Item className="item" asChild>
      <a href={href} {...(download ? { download: '' } : {})}>
        {icon}
        <span>{children}</span>
      </a>
    </Item>
  )
}
