import type { ResourceProps } from 'react-admin'
import { ScheduleList } from './ScheduleList.tsx'

export const schedules: ResourceProps = { name: 'schedules', list: ScheduleList }
