import { useTranslation } from '../../i18n/translation.ts'
import type { Translation } from '../../i18n/translation.ts'
import { money } from '../../lib/money.ts'
import { shortDate } from '../../lib/time.ts'
import type { Receipt } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { isElsewhere, nameOfProvider } from '../../lib/voices.ts'

/** A line of the time line: solid what was paid, a ring what was free, a lozenge what did not end well. */
export interface Entry {
  key: string
  at: string
  mark: 'paid' | 'free' | 'hold'
  what: string
  note: string | undefined
  sum: string
}

type Call = Receipt['calls'][number]

const costOf = (calls: Call[]) => calls.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)

/** The receipt in the order of its versions, each by what was done: written, voiced, taken from before, gone wrong. */
export function useEntries({ versions, calls }: Receipt): Entry[] {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const at = (call: Call | undefined) => (call ? shortDate(call.startedAt, language) : '')
  const paid = (microUsd: number) => (microUsd === 0 ? t('money.free') : money(microUsd, language))
  return versions.flatMap(({ number, reused }) => {
    const mine = calls.filter(({ version }) => version === number)
    const [script, speech] = ['script', 'speech'].map((step) =>
      mine.filter((call) => call.step === step && call.status === 'settled'),
    ) as [Call[], Call[]]
    const voiced = new Set(speech.map(({ linePosition }) => linePosition)).size
    const lost = mine.filter(({ status }) => status === 'failed' || status === 'cancelled')
    const underWay = mine.filter(({ status }) => status === 'started')
    const unknown = mine.filter(({ status }) => status === 'unknown')
    const mostOf = (group: Call[]) =>
      money(
        group.reduce((sum, { upToMicroUsd }) => sum + upToMicroUsd, 0),
        language,
      )
    const entry = (name: string, group: Call[], what: string, more: Partial<Entry> = {}): Entry[] => [
      {
        key: `${number} ${name}`,
        at: at(group[0]),
        mark: costOf(group) > 0 ? 'paid' : 'free',
        what,
        note: servicesOf(group, t),
        sum: paid(costOf(group)),
        ...more,
      },
    ]
    const isOneOfMany = versions.length > 1
    const title = isOneOfMany ? `${t('money.version', { number })}${t('shell.comma')}` : ''
    return [
      ...(script.length > 0
        ? entry('script', script, isOneOfMany ? t('money.scriptOf', { number }) : t('money.step.script'))
        : []),
      ...(speech.length > 0 ? entry('speech', speech, `${title}${t('money.voicedLines', { count: voiced })}`) : []),
      ...(reused.length > 0
        ? entry('reused', [], `${title}${t('money.reused', { count: reused.length })}`, { note: t('money.reusedNote') })
        : []),
      ...(lost.length > 0
        ? entry('lost', lost, t('money.failed', { count: lost.length }), {
            mark: 'hold',
            sum: costOf(lost) > 0 ? money(costOf(lost), language) : t('money.failedFree'),
          })
        : []),
      ...(underWay.length > 0
        ? entry('under way', underWay, t('money.underWay', { count: underWay.length }), {
            note: t('money.underWayNote', { sum: mostOf(underWay) }),
            sum: '–',
          })
        : []),
      ...(unknown.length > 0
        ? entry('unknown', unknown, t('money.unknown', { count: unknown.length }), {
            mark: 'hold',
            note: t('money.unknownNote', { sum: mostOf(unknown) }),
            sum: '?',
          })
        : []),
    ]
  })
}

/** Whose work it was; by what model, where it is somebody else's. */
const servicesOf = (calls: Call[], t: Translation['t']) =>
  [
    ...new Set(
      calls.map(({ provider, model }) => [nameOfProvider(provider, t), ...(isElsewhere(provider) ? [model] : [])].join(' ')),
    ),
  ].join(t('shell.comma')) || undefined
