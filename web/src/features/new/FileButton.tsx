import { FilePlus } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from '../../i18n/translation.ts'

/** Files for who does not drag them. */
export function FileButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file can be chosen again after it was taken out.
          event.currentTarget.value = ''
        }}
      />
      <button
        type="button"
        className="ib"
        title={t('make.addFiles')}
        aria-label={t('make.addFiles')}
        onClick={() => input.current?.click()}
      >
        <FilePlus className="i" strokeWidth={1.75} aria-hidden="true" />
      </button>
    </>
  )
}
