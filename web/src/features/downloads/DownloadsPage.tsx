import './downloads.css'
import { Trash2 } from 'lucide-react'
import { Link } from 'wouter'
import { InstallRow } from '../../components/InstallRow.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { bytesInWords } from '../../lib/bytes.ts'
import { dropDownload, useDownloads } from '../../lib/downloads.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { clock } from '../../lib/time.ts'

/** What can be heard on this device without a connection. */
export default function DownloadsPage() {
  const { t, language } = useTranslation()
  const downloads = useDownloads()
  usePageTitle(t('listen.downloads'))
  return (
    <main className="page slim downloads" id="main" tabIndex={-1}>
      <h1 className="h1">{t('listen.downloads')}</h1>
      {downloads.length === 0 ? (
        <div className="empty">
          <p className="song">{t('listen.downloadsNone')}</p>
          <p className="two">{t('listen.downloadsNoneText')}</p>
          <div className="acts">
            <Link className="btn" href="/library">
              {t('shell.toLibrary')}
            </Link>
          </div>
        </div>
      ) : (
        <>
          <p className="two">{t('listen.downloadsText')}</p>
          <ul>
            {downloads.map(({ id, title, language: spoken, durationMs, bytes }) => (
              <li key={id}>
                <Link href={`/episodes/${id}`}>
                  <span className="h3" lang={langTag(spoken)}>
                    {title}
                  </span>
                  <span className="meta">
                    <Parts>
                      {clock(durationMs)}
                      {bytesInWords(bytes, language)}
                    </Parts>
                  </span>
                </Link>
                <button
                  type="button"
                  className="ib"
                  title={t('listen.dropKept')}
                  aria-label={`${t('listen.dropKept')}${t('shell.comma')}${title}`}
                  onClick={() => void dropDownload(id)}
                >
                  <Trash2 className="i" strokeWidth={1.75} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <InstallRow />
    </main>
  )
}
