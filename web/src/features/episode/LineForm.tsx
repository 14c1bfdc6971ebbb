import check, { most } from 'api-check:patch/api/episodes/{id}/lines/{lineId}'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Notice } from '../../components/Notice.tsx'
import { Price } from '../../components/Price.tsx'
import { VoicePicker } from '../../components/VoicePicker.tsx'
import { WrongLine } from '../../forms/WrongLine.tsx'
import { useApiForm } from '../../forms/use-api-form.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Language } from '../../lib/types.ts'
import { useUiLanguage } from '../../lib/ui-language.ts'
import { useVoices, voiceName, voicesFor } from '../../lib/voices.ts'
import { isConflict, usePriceOf, useSaveChange } from './edit-requests.ts'
import type { Change } from './edit-requests.ts'
import { draftOfLine, keepDraft } from './line-drafts.ts'
import type { LineDraft } from './script-change.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

interface LineFormProps {
  episodeId: string
  language: Language
  /** Who says it. */
  speaker: string
  start: LineDraft
  /** Under which name what is written here is kept until it is saved. */
  draftKey: string
  /** What saving this draft sends; `anyway` once somebody was told that it had changed meanwhile. */
  change: (draft: LineDraft, anyway: boolean) => Change
  /** The price of the change is the price of the line; otherwise it is paid later, with all others. */
  isPaidNow: boolean
  saveWords: string
  onClose: () => void
  /** Further verbs beside it. */
  children?: ReactNode
}

/** The words of a line, where they stand, with the price of saying them before it is pressed. */
export function LineForm({
  episodeId,
  language,
  speaker,
  start,
  draftKey,
  change,
  isPaidNow,
  saveWords,
  onClose,
  children,
}: LineFormProps) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const screen = useUiLanguage()
  const id = useOwnId()
  const voices = useVoices().data ?? []
  const form = useApiForm<LineDraft>({
    check,
    start: draftOfLine(draftKey) ?? start,
    bodyOf: ({ text, voiceId, direction }) => ({ text, voiceId, direction: direction || null }),
  })
  const { setFocus, subscribe } = form
  const { errors } = form.formState
  const draft = form.watch()
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => keepDraft(draftKey, values) }),
    [draftKey, subscribe],
  )
  useLayoutEffect(() => setFocus('text'), [setFocus])
  const leave = () => (keepDraft(draftKey, undefined), onClose())
  const save = useSaveChange(episodeId)
  const hasWords = /[\p{L}\p{N}]/u.test(draft.text)
  const isSame = JSON.stringify(draft) === JSON.stringify(start)
  // Once it is being saved the line is no longer the one whose price was asked.
  const isAsking = isPaidNow && hasWords && !isSame && !save.isPending && !save.isSuccess
  const price = usePriceOf(episodeId, isAsking ? change(draft, true) : null)
  const voice = voices.find((one) => one.id === draft.voiceId)
  const send = form.sends(() => {
    if (hasWords && !save.isPending) save.mutate(change(draft, isConflict(save.error)), { onSuccess: leave })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') leave()
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send(event)
  }
  const error = save.error ?? price.error
  const told = useRef<HTMLDivElement>(null)
  // Below the button that was pressed there may be no screen left.
  useEffect(() => {
    if (error) told.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  return (
    <form className="edit" lang={langTag(screen)} noValidate onKeyDown={onKeyDown} onSubmit={send}>
      <label className="vh" htmlFor={id}>
        {t('edit.words', { name: speaker })}
      </label>
      <textarea
        id={id}
        className="tx"
        lang={langTag(language)}
        maxLength={most['text']}
        aria-invalid={errors.text !== undefined}
        aria-describedby={`${id}-wrong`}
        {...form.register('text')}
      />
      <WrongLine id={`${id}-wrong`} wrong={errors.text ?? errors.voiceId ?? errors.direction} />
      <div className="how">
        <VoicePicker
          title={t('make.voiceMenu', { name: speaker })}
          label={`${t('edit.voice')} ${voice ? voiceName(voice, screen) : t('make.chooseVoice')}`}
          className="btn bare"
          voices={voicesFor(voices, language)}
          chosen={draft.voiceId}
          onChoose={(voiceId) => form.setValue('voiceId', voiceId)}
        >
          {t('edit.voice')} <b>{voice ? voiceName(voice, screen) : t('make.chooseVoice')}</b>
        </VoicePicker>
        <input
          className="dir"
          maxLength={most['direction']}
          aria-label={t('edit.direction')}
          placeholder={t('edit.directionExample')}
          {...form.register('direction')}
        />
      </div>
      <div className="bar">
        {isPaidNow && price.data && !isSame && (
          <span className="meta" role="status">
            {price.data.linesToVoice === 0 ? t('edit.free') : t('edit.onlyThis')}
          </span>
        )}
        {children}
        <span className="sp" />
        <button type="button" className="btn bare" onClick={leave}>
          {t('shell.cancel')}
        </button>
        <button
          type="submit"
          className="btn ink"
          disabled={!hasWords || isSame || save.isPending || (isPaidNow && (!price.data || price.isOld))}
        >
          {saveWords}
          {isPaidNow && !isSame && price.data && price.data.linesToVoice > 0 && <Price cost={price.data.cost} />}
        </button>
      </div>
      {error && (
        <div className="told" ref={told}>
          <Notice>{say(error)}</Notice>
        </div>
      )}
    </form>
  )
}
