import { useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import { useTranslation } from '../i18n/translation.ts'
import { useDownloads } from '../lib/downloads.ts'
import { streamBroken } from '../lib/episode-events.ts'
import { createStore } from '../lib/store.ts'

const subscribe = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

// A stream that reconnects at once is nobody's business.
const patienceMs = 2_000
const brokenLong = createStore(false)
let timer: ReturnType<typeof setTimeout> | undefined
streamBroken.subscribe(() => {
  clearTimeout(timer)
  if (!streamBroken.get()) brokenLong.set(false)
  else timer = setTimeout(() => brokenLong.set(true), patienceMs)
})

/** Says when the network or the stream is gone, and that nothing is lost. */
export function WireLine() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const broken = brokenLong.use()
  const saved = useDownloads().length
  return (
    <div role="status">
      {!online && (
        <p className="wire">
          {t('shell.offline')}{' '}
          {saved > 0 && (
            <Link className="link" href="/downloads">
              {t('shell.hearDownloads')}
            </Link>
          )}
        </p>
      )}
      {online && broken && <p className="wire">{t('shell.broken')}</p>}
    </div>
  )
}
