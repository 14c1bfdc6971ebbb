import { Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'

const typingMs = 250

export function SearchField({ onSearch }: { onSearch: (q: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [text, onSearch])
  return (
    <div className="find" role="search">
      <label className="field">
        <Search className="i" strokeWidth={1.75} aria-hidden="true" />
        <span className="vh">{t('library.search')}</span>
        <input
          type="search"
          value={text}
          placeholder={t('library.search')}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
        />
        {text !== '' && (
          <button type="button" className="ib" aria-label={t('library.clear')} onClick={() => setText('')}>
            <X className="i s" aria-hidden="true" />
          </button>
        )}
      </label>
    </div>
  )
}
