import { Archive, AudioLines, CircleDollarSign, Library, ListChecks, Plug, ReceiptText, Users, Wallet } from 'lucide-react'
import { Menu } from 'react-admin'

const icons = {
  episodes: Library,
  users: Users,
  'usage-logs': ReceiptText,
  settings: Wallet,
  providers: Plug,
  voices: AudioLines,
  prices: CircleDollarSign,
  reconcile: ListChecks,
  backups: Archive,
}

/** One entry a resource, in the order an operator asks: what is being made, for whom, what it cost, with what. */
export function ConsoleMenu() {
  return (
    <Menu>
      {Object.entries(icons).map(([resource, Icon]) => (
        <Menu.ResourceItem key={resource} name={resource} leftIcon={<Icon size={20} strokeWidth={1.75} aria-hidden />} />
      ))}
    </Menu>
  )
}
