import type { ResourceProps } from 'react-admin'
import { ReconcileList } from './ReconcileList.tsx'

export const reconcile: ResourceProps = { name: 'reconcile', list: ReconcileList }
