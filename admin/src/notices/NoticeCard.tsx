import { useDataProvider, useTranslate } from 'react-admin'
import { AdminOnly } from '../access/AdminOnly.tsx'
import type { ConsoleProvider } from '../dataProvider.ts'
import { CardTable } from '../fields/CardTable.tsx'
import { Tag } from '../fields/Tag.tsx'
import { useFormats } from '../fields/formats.ts'
import { AskButton } from '../layout/AskButton.tsx'
import { LoadError } from '../layout/LoadError.tsx'
import { useRead } from '../layout/use-read.ts'
import type { Notice } from '../records.ts'
import { TellAll } from './TellAll.tsx'

/** What the house says to all its users: a line on top of the web app. */
export function NoticeCard() {
  const t = useTranslate()
  const { moment } = useFormats()
  const provider = useDataProvider<ConsoleProvider>()
  const { data, error, refetch } = useRead<{ data: Notice[] }>('/admin/notices')
  const again = () => void refetch()
  if (error) return <LoadError error={error} again={again} />
  if (!data) return null
  const notices = data.data
  return (
    <>
      <CardTable
        title={t('console.notice.name')}
        summary={t('console.notice.summary', { shown: notices.filter(({ isShown }) => isShown).length })}
        empty={t('console.notice.empty')}
        first={5}
        rows={notices}
        keyOf={({ id }) => id}
        columns={[
          { name: t('console.notice.words'), cell: (notice) => <Both notice={notice} />, className: 'words' },
          {
            name: t('console.notice.state'),
            cell: ({ isShown }) => (
              <Tag look={{ mark: isShown ? 'check' : 'minus' }}>
                {t(isShown ? 'console.notice.shown' : 'console.notice.over')}
              </Tag>
            ),
          },
          { name: t('console.notice.since'), cell: ({ createdAt }) => moment(createdAt) },
          { name: t('console.notice.until'), cell: ({ endsAt }) => (endsAt ? moment(endsAt) : t('console.notice.taken_down')) },
          { name: t('console.notice.by'), cell: ({ createdBy }) => createdBy },
          {
            name: ' ',
            cell: ({ id, isShown }) =>
              isShown && (
                <AdminOnly>
                  <AskButton
                    label={t('console.notice.take_down')}
                    title={t('console.notice.take_down_title')}
                    body={t('console.notice.take_down_body')}
                    confirm={t('console.notice.take_down')}
                    act={() => provider.takeNoticeDown(id)}
                    done="console.notice.now_down"
                    after={again}
                  />
                </AdminOnly>
              ),
          },
        ]}
      />
      <AdminOnly>
        <p className="below">
          <TellAll after={again} />
        </p>
      </AdminOnly>
    </>
  )
}

function Both({ notice: { zh, en } }: { notice: Notice }) {
  return (
    <>
      <p lang="zh-CN">{zh}</p>
      <p lang="en" className="two">
        {en}
      </p>
    </>
  )
}
