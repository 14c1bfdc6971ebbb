import type { ResourceProps } from 'react-admin'
import { SpendingPage } from './SpendingPage.tsx'

export const settings: ResourceProps = { name: 'settings', list: SpendingPage }
