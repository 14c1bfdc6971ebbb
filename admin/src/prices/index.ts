import type { ResourceProps } from 'react-admin'
import { PriceList } from './PriceList.tsx'

export const prices: ResourceProps = { name: 'prices', list: PriceList }
