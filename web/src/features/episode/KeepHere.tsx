import { Check, Download } from 'lucide-react'
import { useTranslation } from '../../i18n/translation.ts'
import { bytesInWords } from '../../lib/bytes.ts'
import { canSave, dropDownload, saveEpisode, useDownloads, useSaving } from '../../lib/downloads.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import type { Episode } from '../../lib/types.ts'

/** Keeps a finished episode on this device, to be heard without a connection. */
export function KeepHere({ episode }: { episode: Episode }) {
  const { t, language } = useTranslation()
  const say = useRefusalWords()
  const saving = useSaving()
  const mine = useDownloads().find(({ id }) => id === episode.id)
  if (!canSave() || episode.status !== 'ready') return null
  const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError'
  const save = () =>
    void saveEpisode(episode).catch((error: unknown) =>
      showToast(
        t('listen.keepFailed', {
          detail: isFull(error) ? t('listen.keepFull') : error instanceof TypeError ? t('listen.keepBroken') : say(error),
        }),
      ),
    )
  const isCurrent = mine?.version === episode.version
  return (
    <div className="keep">
      {saving?.id === episode.id ? (
        <p role="status">{t('listen.keeping', { done: saving.done, total: saving.total })}</p>
      ) : isCurrent ? (
        <>
          <p className="meta">
            <Check className="i s" aria-hidden="true" />
            {t('listen.kept', { size: bytesInWords(mine.bytes, language) })}
          </p>
          <button type="button" className="link" onClick={() => void dropDownload(episode.id)}>
            {t('listen.dropKept')}
          </button>
        </>
      ) : (
        <>
          <button type="button" className="btn" disabled={saving !== null} onClick={save}>
            <Download className="i s" aria-hidden="true" />
            {t('listen.keepHere')}
          </button>
          <p className="meta">{t('listen.keepHelp')}</p>
        </>
      )}
    </div>
  )
}
