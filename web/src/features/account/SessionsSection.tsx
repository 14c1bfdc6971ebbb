import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { placeOf } from './place-of.ts'
import { accountKey, useDeed } from './use-deed.ts'
import { momentOf } from './moment.ts'

interface Place {
  id: string
  isThisOne: boolean
  ipAddress: string | null
  userAgent: string | null
  lastSeenAt: string
}

/** Where the person is signed in, and how to end that. */
export function SessionsSection() {
  const { t, language } = useTranslation()
  const { isBusy, run } = useDeed()
  const query = useQuery({
    queryKey: [...accountKey, 'sessions'],
    queryFn: ({ signal }) => ask<{ items: Place[] }>('/api/account/sessions', { signal }),
  })
  const places = query.data?.items ?? []
  const nameOf = (userAgent: string | null) => {
    const place = placeOf(userAgent ?? '')
    return place ? t('settings.on', place) : (userAgent?.slice(0, 80) ?? t('account.unknownPlace'))
  }
  const leave = (path: string) => run(() => ask(`/api/account/sessions${path}`, { method: 'DELETE' }))
  return (
    <section className="sec">
      <h2 className="h3">{t('account.sessions')}</h2>
      <div>
        {places.map(({ id, isThisOne, ipAddress, userAgent, lastSeenAt }) => (
          <div className="row" key={id}>
            <span>
              {nameOf(userAgent)}{' '}
              <span className="meta">
                {ipAddress} {isThisOne ? t('account.here') : t('account.seen', { time: momentOf(lastSeenAt, language) })}
              </span>
            </span>
            {!isThisOne && (
              <button type="button" className="btn bare" disabled={isBusy} onClick={() => void leave(`/${id}`)}>
                {t('account.leave')}
              </button>
            )}
          </div>
        ))}
      </div>
      {places.length > 1 && (
        <div>
          <button type="button" className="btn" disabled={isBusy} onClick={() => void leave('')}>
            {t('account.leaveOthers')}
          </button>
        </div>
      )}
    </section>
  )
}
