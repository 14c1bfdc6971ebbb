import { ShowBase, useShowContext } from 'react-admin'
import { LoadError } from '../layout/LoadError.tsx'
import { PageHeader } from '../layout/PageHeader.tsx'
import { ShowFailed } from '../layout/ShowFailed.tsx'
import { ListLink } from '../fields/ListLink.tsx'
import type { AdminEpisodeDetail } from '../records.ts'
import { isUnsettled } from './episode-status.ts'
import { EpisodeActions } from './EpisodeActions.tsx'
import { EpisodeFacts } from './EpisodeFacts.tsx'
import { LineTable } from './LineTable.tsx'
import { PaidCalls } from './PaidCalls.tsx'
import { ReceiptCard } from './ReceiptCard.tsx'
import { StepTimeline } from './StepTimeline.tsx'

const REFRESH_MS = 3000

/** One episode, from its order to its cents. Asks again by itself until nothing can change any more. */
export function EpisodeShow() {
  return (
    <ShowBase<AdminEpisodeDetail>
      queryOptions={{
        // A key of its own: react-admin keeps the rows of a list as records, and a row has neither steps nor lines.
        meta: { whole: true },
        onError: () => undefined,
        refetchInterval: ({ state }) => (state.data && isUnsettled(state.data.status) ? REFRESH_MS : false),
      }}
    >
      <Page />
    </ShowBase>
  )
}

function Page() {
  const { record, error, refetch } = useShowContext<AdminEpisodeDetail>()
  const again = () => void refetch()
  if (!record) return <ShowFailed />
  return (
    <div className="page">
      <PageHeader
        title={record.title}
        above={
          <>
            <ListLink resource="episodes" /> / <span className="mono">{record.id}</span>
          </>
        }
        actions={<EpisodeActions episode={record} onChanged={again} />}
      />
      {/* What was read before stays; only the newest answer is missing. */}
      {error && <LoadError error={error} again={again} />}
      <EpisodeFacts episode={record} />
      <StepTimeline episode={record} />
      <ReceiptCard episode={record} />
      <PaidCalls episode={record} />
      <LineTable lines={record.lines} language={record.language} />
    </div>
  )
}
