import { Code, Copy, ExternalLink } from 'lucide-react'
import { Switch } from '../../controls/Switch.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { useCopy } from '../../lib/copy-words.ts'
import type { Share } from '../../lib/types.ts'

interface SharedProps {
  share: Share
  onChange: (method: 'POST' | 'DELETE', body?: { findable: boolean }) => void
}

/** The address of what is shared, and what can be done with it. */
export function Shared({ share, onChange }: SharedProps) {
  const { t } = useTranslation()
  const copy = useCopy()
  return (
    <>
      <p className="address">{share.url}</p>
      <div className="acts">
        <button type="button" className="btn" onClick={() => copy(share.url)}>
          <Copy className="i s" aria-hidden="true" />
          {t('sharing.copy')}
        </button>
        <button type="button" className="btn" onClick={() => copy(share.embedHtml)}>
          <Code className="i s" aria-hidden="true" />
          {t('sharing.copyEmbed')}
        </button>
        <a className="btn" href={share.url} target="_blank" rel="noopener">
          <ExternalLink className="i s" aria-hidden="true" />
          {t('sharing.sharePage')}
        </a>
        <button type="button" className="btn bare" onClick={() => onChange('DELETE')}>
          {t('sharing.unshare')}
        </button>
      </div>
      <Switch on={share.findable} note={t('sharing.findableWhy')} onChange={(findable) => onChange('POST', { findable })}>
        {t('sharing.findable')}
      </Switch>
    </>
  )
}
