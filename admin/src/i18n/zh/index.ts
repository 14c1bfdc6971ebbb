import type { Words } from '../words.ts'
import { console } from './console.ts'
import { ra } from './ra.ts'
import { resources } from './resources.ts'

export const messages: Words = { ra, console, resources }
