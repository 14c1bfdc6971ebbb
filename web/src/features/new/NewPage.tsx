import './new.css'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { SourceText } from '../../components/SourceText.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { changeDraft, clearDraft, draftNow, keyOfDraft, useDraft } from '../../lib/draft.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { queries } from '../../lib/queries.ts'
import { recognise } from '../../lib/recognise.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useConfig } from '../../lib/session.ts'
import { spokenLength } from '../../lib/time.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { DraftShelf } from './DraftShelf.tsx'
import { FileButton } from './FileButton.tsx'
import { HowSection } from './HowSection.tsx'
import { KindSwitch } from './KindSwitch.tsx'
import { MakeButton } from './MakeButton.tsx'
import { SeenLine } from './SeenLine.tsx'
import { SourceRows } from './SourceRows.tsx'
import { useEstimate } from './estimate.ts'
import { keepsCast, orderOf, readableIn } from './order.ts'
import { useReading } from './reading.ts'
import { useSending } from './sending.ts'
import { useHindrance } from './hindrance.ts'

/** What the API takes. */
const MOST_SOURCES = 20

/** From a text to an episode: one box, one sentence, one button. */
export default function NewPage() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const say = useRefusalWords()
  const [, go] = useLocation()
  const draft = useDraft()
  const config = useConfig()
  const [pressed, setPressed] = useState(false)
  usePageTitle(t('shell.new'))

  const seen = useMemo(() => recognise(draft.text), [draft.text])
  const order = useMemo(() => orderOf(draft, seen, config.data?.topics), [draft, seen, config.data])
  const sending = useSending(config.data?.maxUploadBytes)
  const [surplus, setSurplus] = useState(0)
  const addFiles = async (files: File[]) => {
    const room = Math.max(0, MOST_SOURCES - draftNow().files.length - seen.links.length)
    setSurplus(Math.max(0, files.length - room))
    const sent = await sending.send(files.slice(0, room))
    if (sent.length > 0) change({ files: [...draftNow().files, ...sent] })
  }
  const reading = useReading(readableIn(draft, seen), sending)
  const hindrance = useHindrance(seen, order, draft, reading, config.data?.maxSourceCharacters)
  const shown = { ...seen, ...reading.found }
  const { estimate, error, stale } = useEstimate(hindrance ? null : order.brief)

  const make = useMutation({
    mutationFn: () =>
      ask<{ id: string }>('/api/episodes', {
        method: 'POST',
        body: order.brief,
        headers: { 'idempotency-key': keyOfDraft() },
      }),
    onSuccess: ({ id }) => {
      clearDraft()
      void queries.invalidateQueries({ queryKey: ['episodes'] })
      go(`/episodes/${id}`)
    },
  })
  const send = () => {
    setPressed(true)
    if (!hindrance && !make.isPending && !make.isSuccess) make.mutate()
  }
  const change: typeof changeDraft = (part) => {
    setPressed(false)
    make.reset()
    const cast = keepsCast(part, seen, part.text === undefined ? seen : recognise(part.text))
    changeDraft(cast ? part : { speakers: null, format: null, ...part })
  }

  const trouble = make.error ?? (stale ? null : error)
  const said = hindrance && (pressed || hindrance.always) ? hindrance.words : trouble ? say(trouble) : null
  const long = estimate && t('make.duration', { length: spokenLength(estimate.durationMs, language) })
  const price = estimate && <Price cost={estimate.cost} />
  const button = (big: boolean) => (
    <MakeButton kind={order.kind} big={big} busy={make.isPending || make.isSuccess} onPress={send} />
  )
  return (
    <main className="page slim new" id="main" tabIndex={-1}>
      <h1 className="h1">{t('make.title')}</h1>
      <div className="make">
        <SourceText
          value={draft.text}
          label={t('make.box')}
          placeholder={t('make.placeholder')}
          describedBy="seen"
          {...(draft.text === '' ? {} : { lang: langTag(seen.language) })}
          autoFocus={matchMedia('(pointer: fine)').matches}
          onChange={(text) => change({ text })}
          onSend={send}
          onFiles={(files) => void addFiles(files)}
        />
        <SourceRows
          files={draft.files}
          sending={sending}
          reading={reading}
          onRemove={(uploadId) => change({ files: draft.files.filter((file) => file.uploadId !== uploadId) })}
        />
        <SeenLine text={draft.text} seen={seen} order={order} onChange={change} asText={draft.asText} />
        <div className="bar">
          <KindSwitch kind={order.kind} onChoose={(kind) => change({ kind })} />
          <FileButton onFiles={(files) => void addFiles(files)} />
          <span className="sp" />
          <span className="deal wide" aria-live="polite">
            {price}
          </span>
          <span className="wide">{button(false)}</span>
        </div>
      </div>
      {surplus > 0 && <Notice>{t('source.tooMany', { count: surplus, most: MOST_SOURCES })}</Notice>}
      {said !== null && <Notice>{said}</Notice>}
      <div className="below narrow">
        <p>
          <span>{long}</span>
          {price}
        </p>
        {button(true)}
      </div>
      <p className="meta long wide">{long}</p>
      <HowSection order={order} seen={shown} estimate={estimate} draft={draft} onChange={change} />
      <DraftShelf draft={draft} />
    </main>
  )
}
