import { useTranslation } from '../../i18n/translation.ts'
import type { Draft } from '../../lib/draft.ts'
import { microUsdOf } from '../../lib/money.ts'
import type { Recognised } from '../../lib/recognise.ts'
import { nameTrouble } from './cast.ts'
import type { Order } from './order.ts'
import { nameOfSource } from './reading.ts'
import type { Reading } from './reading.ts'

export interface Hindrance {
  words: string
  /** Said at once; else only when the button is pressed. */
  always: boolean
}

/** Why the box can't be made into anything yet; known without asking the server. */
export function useHindrance(
  seen: Recognised,
  { brief: { speakers = [] } }: Order,
  { budget, files }: Draft,
  reading: Reading,
  maxCharacters = Infinity,
): Hindrance | null {
  const { t } = useTranslation()
  const names = nameTrouble(speakers)
  if (names) return { words: t(`make.names.${names}`), always: true }
  if (budget.trim() !== '' && microUsdOf(budget) === null) return { words: t('make.badBudget'), always: true }
  const [unread] = reading.failed
  if (unread) {
    const values = { count: reading.failed.length, name: nameOfSource(unread, files) }
    return { words: t(values.count === 1 ? 'source.takeOut' : 'source.takeOutAll', values), always: true }
  }
  if (reading.isBusy) return { words: t('source.wait'), always: false }
  if (reading.count > 0 && seen.characters <= maxCharacters) return null
  if (seen.characters === 0) return { words: t('make.empty'), always: false }
  if (seen.characters <= maxCharacters) return null
  return { words: t('make.tooLong', { max: maxCharacters, amount: seen.characters }), always: true }
}
