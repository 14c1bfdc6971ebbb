import type { Words } from '../words.ts'
import { console } from './console.ts'
import { ra } from './ra.ts'
import { operations } from './operations.ts'
import { resources } from './resources.ts'

export const messages: Words = { ra, console: { ...console, ...operations }, resources }
