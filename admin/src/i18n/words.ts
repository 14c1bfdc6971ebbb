import type { TranslationMessages } from 'react-admin'
import type { console } from './zh/console.ts'
import type { operations } from './zh/operations.ts'
import type { resources } from './zh/resources.ts'

/** Chinese is written first; a language that lacks one of its words does not compile. */
type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

export type ConsoleWords = Same<typeof console>
export type OperationsWords = Same<typeof operations>
export type ResourceWords = Same<typeof resources>
export type Words = TranslationMessages & { console: ConsoleWords & OperationsWords; resources: ResourceWords }
