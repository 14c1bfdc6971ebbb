import type { ResourceProps } from 'react-admin'
import { ProviderList } from './ProviderList.tsx'

export const providers: ResourceProps = { name: 'providers', list: ProviderList }
