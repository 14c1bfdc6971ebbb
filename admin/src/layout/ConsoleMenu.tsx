import {
  Archive,
  AudioLines,
  CalendarClock,
  CircleDollarSign,
  House,
  Library,
  ListChecks,
  Plug,
  ReceiptText,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from 'lucide-react'
import { Menu, useTranslate } from 'react-admin'

const icons = {
  episodes: Library,
  users: Users,
  'usage-logs': ReceiptText,
  voices: AudioLines,
  prices: CircleDollarSign,
  providers: Plug,
  schedules: CalendarClock,
  reconcile: ListChecks,
  backups: Archive,
  'audit-log': ShieldCheck,
  settings: SlidersHorizontal,
}
const look = { size: 20, strokeWidth: 1.75, 'aria-hidden': true }

/** One entry a resource, in the order an operator asks: how is it, what is being made, for whom, what it cost, with what. */
export function ConsoleMenu() {
  const t = useTranslate()
  return (
    <Menu>
      <Menu.DashboardItem primaryText={t('console.dashboard.name')} leftIcon={<House {...look} />} />
      {Object.entries(icons).map(([resource, Icon]) => (
        <Menu.ResourceItem key={resource} name={resource} leftIcon={<Icon {...look} />} />
      ))}
    </Menu>
  )
}
