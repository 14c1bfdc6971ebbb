import { ChevronDown, ChevronUp } from 'lucide-react'
import { Suspense, lazy, useState } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { withWords } from '../../i18n/start.ts'
import { useTranslation } from '../../i18n/translation.ts'
import type { Draft } from '../../lib/draft.ts'
import { hasChoices, noChoices } from '../../lib/draft.ts'
import type { Recognised } from '../../lib/recognise.ts'
import { readStored, writeStored } from '../../lib/stored.ts'
import type { Estimate } from '../../lib/types.ts'
import { choosable, useVoices, voicesFor } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import { castOf, resize } from './cast.ts'
import { HowSentence } from './HowSentence.tsx'
import type { Order } from './order.ts'

// Few open it, so nobody else waits for it.
const OptionsForm = lazy(() => withWords(import('./OptionsForm.tsx')))

interface HowSectionProps {
  order: Order
  seen: Recognised
  estimate: Estimate | undefined
  draft: Draft
  onChange: (part: Partial<Omit<Draft, 'key'>>) => void
}

/** How it will be made: a sentence, and beneath it, for those who want it, everything there is to choose. */
export function HowSection({ order, seen, estimate, draft, onChange }: HowSectionProps) {
  const { t } = useTranslation()
  const all = useVoices()
  const [open, setOpen] = useState(() => readStored('options') === 'open')
  const language = draft.language ?? estimate?.language ?? seen.language
  const voices = voicesFor(all.data ?? [], language)
  const cast = castNow()
  const fold = () => {
    writeStored('options', open ? null : 'open')
    setOpen(!open)
  }

  /** As chosen, else as the server would cast it, else as it will roughly do. */
  function castNow(): Cast {
    const size = order.brief.speakers?.length ?? (order.kind === 'narration' || draft.format === 'monologue' ? 1 : 2)
    if (draft.speakers) return draft.speakers.slice(0, Math.max(size, 1))
    if (estimate) return estimate.speakers
    const free = choosable(voices)
    return order.asScript ? castOf(seen.scriptSpeakers ?? [], free) : resize([], size, free, language)
  }

  if (all.isError && all.data === undefined) {
    return (
      <section className="how">
        <Notice>
          {t('voices.trouble')}{' '}
          <button type="button" className="link" onClick={() => void all.refetch()}>
            {t('shell.retry')}
          </button>
        </Notice>
      </section>
    )
  }
  if (all.data === undefined || (seen.characters === 0 && !open)) return null
  const shared = { order, language, cast, voices, draft, onChange }
  return (
    <section className="how" aria-labelledby="how">
      <h2 className="h3" id="how">
        {t('make.how')}
      </h2>
      <HowSentence {...shared} />
      <div className="acts">
        <button type="button" className="btn bare" aria-expanded={open} onClick={fold}>
          {open ? <ChevronUp className="i s" aria-hidden="true" /> : <ChevronDown className="i s" aria-hidden="true" />}
          {t(open ? 'make.fewer' : 'make.options')}
        </button>
        {hasChoices(draft) && (
          <button type="button" className="btn bare" onClick={() => onChange(noChoices)}>
            {t('make.reset')}
          </button>
        )}
      </div>
      <Suspense>{open && <OptionsForm {...shared} />}</Suspense>
    </section>
  )
}
