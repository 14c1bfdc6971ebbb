import './house-notices.css'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from '../i18n/translation.ts'
import { ask } from '../lib/api.ts'
import { createStore } from '../lib/store.ts'
import { readStored, writeStored } from '../lib/stored.ts'
import type { PublicNotice } from '../lib/types.ts'
import { useUiLanguage } from '../lib/ui-language.ts'

const lookAgainMs = 60_000
const kept = 20
const read = createStore((readStored('notices-read') ?? '').split(' ').filter(Boolean))

function putAway(id: string): void {
  read.set([...read.get(), id].slice(-kept))
  writeStored('notices-read', read.get().join(' '))
}

/** What the house has to say to everybody, until it is over or put away on this device. That it cannot be read is nobody's trouble. */
export function HouseNotices() {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const away = read.use()
  const { data = [] } = useQuery({
    queryKey: ['notices'],
    queryFn: async () => (await ask<{ items: PublicNotice[] }>('/api/notices')).items,
    refetchInterval: lookAgainMs,
    staleTime: lookAgainMs,
    retry: false,
  })
  return (
    <div role="status" aria-label={t('shell.notices')}>
      {data
        .filter(({ id }) => !away.includes(id))
        .map((notice) => (
          <p key={notice.id} className="house-notice">
            <span>{notice[language]}</span>
            <button type="button" className="ib" aria-label={t('shell.noticeRead')} onClick={() => putAway(notice.id)}>
              <X className="i s" aria-hidden="true" />
            </button>
          </p>
        ))}
    </div>
  )
}
