import type { ResourceProps } from 'react-admin'
import { UsageLogList } from './UsageLogList.tsx'

export const usageLogs: ResourceProps = { name: 'usage-logs', list: UsageLogList }
