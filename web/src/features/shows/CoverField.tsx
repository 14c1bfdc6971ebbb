import { ImageUp } from 'lucide-react'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Show } from '../../lib/types.ts'
import { useOwnId } from '../../lib/use-own-id.ts'

/** The picture of a show, sent as it is chosen. */
export function CoverField({ showId, onKept }: { showId: string; onKept: (show: Show) => void }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const id = useOwnId()
  const send = (file: File | undefined) => {
    if (!file) return
    void ask<Show>(`/api/shows/${showId}/cover`, {
      method: 'PUT',
      body: file,
      headers: { 'content-type': file.type || 'application/octet-stream' },
    })
      .then(onKept)
      .catch((error: unknown) => showToast(wordsOf(error)))
  }
  const wordsOf = (error: unknown) =>
    error instanceof Refusal && [413, 415, 422].includes(error.status) ? t('sharing.coverRefused') : say(error)
  return (
    <p className="coverfield">
      <input
        id={id}
        className="vh"
        type="file"
        accept="image/png,image/jpeg"
        onChange={(event) => {
          send(event.currentTarget.files?.[0])
          // The same file can be chosen again once it was mended.
          event.currentTarget.value = ''
        }}
      />
      <label className="btn" htmlFor={id}>
        <ImageUp className="i s" aria-hidden="true" />
        {t('sharing.chooseCover')}
      </label>
      <span className="meta">{t('sharing.coverHelp')}</span>
    </p>
  )
}
