import { Download } from 'lucide-react'
import { Picture } from '../../components/Picture.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { address } from '../../lib/api.ts'
import { bytesInWords } from '../../lib/bytes.ts'
import type { Episode } from '../../lib/types.ts'
import { KeepHere } from './KeepHere.tsx'

interface TakeAlongProps {
  episode: Episode
}

/** The finished thing in every form there is, each a file to keep. */
export function TakeAlong({ episode }: TakeAlongProps) {
  const { t, language } = useTranslation()
  const { audio, coverUrl } = episode
  if (!audio) return null
  const files = [
    { url: audio.url, name: 'MP3', note: bytesInWords(audio.bytes, language) },
    { url: audio.m4aUrl, name: 'M4A', note: 'AAC' },
    { url: episode.transcriptUrl, name: t('episode.files.vtt'), note: 'VTT' },
    { url: episode.transcriptSrtUrl, name: t('episode.files.srt'), note: 'SRT' },
    { url: episode.chaptersUrl, name: t('episode.files.chapters'), note: 'JSON' },
    { url: coverUrl, name: t('episode.files.cover'), note: 'PNG' },
    { url: episode.packageUrl, name: t('sharing.package'), note: 'ZIP' },
  ]
  return (
    <section className="box">
      <h2 className="h3">{t('episode.takeAlong')}</h2>
      <div className="along">
        {coverUrl && <Picture src={address(coverUrl)} size={96} alt={t('episode.coverAlt')} title={episode.title ?? ''} lazy />}
        <ul>
          {files.map(
            ({ url, name, note }) =>
              url && (
                <li key={name}>
                  <a href={asDownload(url)} download>
                    <Download className="i s" aria-hidden="true" />
                    <span>{name}</span>
                    <span className="meta">{note}</span>
                  </a>
                </li>
              ),
          )}
        </ul>
      </div>
      <KeepHere episode={episode} />
    </section>
  )
}

/** With the name the episode has, instead of the one of the address. */
const asDownload = (url: string) => `${address(url)}${url.includes('?') ? '&' : '?'}download=1`
