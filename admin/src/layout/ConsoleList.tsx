import type { ReactElement, ReactNode } from 'react'
import { List, Pagination, useListContext, useResourceContext, useTranslate } from 'react-admin'
import type { RaRecord, SortPayload } from 'react-admin'
import { LoadError } from './LoadError.tsx'
import { PageHeader } from './PageHeader.tsx'

interface ConsoleListProps<T extends RaRecord> {
  sort: SortPayload
  filters: ReactElement[]
  children: ReactNode
  /** Asks again after so many milliseconds, as long as the rows on the page give reason to. */
  refreshMs?: (rows: T[]) => number | false
  /** What can be done here beside reading, and a sentence about it. */
  actions?: ReactNode
  lead?: string
  /** Stands between the title and the filters. */
  above?: ReactNode
}

/** A list page: title, filters, table, pages; empty and failed in words. */
export function ConsoleList<T extends RaRecord>({
  sort,
  filters,
  children,
  refreshMs,
  actions,
  lead,
  above,
}: ConsoleListProps<T>) {
  const t = useTranslate()
  const resource = useResourceContext()
  return (
    <div className="page">
      <PageHeader title={t(`resources.${resource}.name`)} actions={actions} />
      {lead && <p className="lead meta">{lead}</p>}
      {above}
      <List<T>
        title={false}
        actions={false}
        exporter={false}
        sort={sort}
        filters={filters}
        perPage={25}
        pagination={<Pages />}
        empty={<p className="nothing-yet">{t(`resources.${resource}.empty`)}</p>}
        error={<ListError />}
        queryOptions={{
          // The page itself says what went wrong; a toast with the same words would only cover it.
          onError: () => undefined,
          retry: false,
          ...(refreshMs && { refetchInterval: ({ state }) => refreshMs(state.data?.data ?? []) }),
        }}
      >
        {children}
      </List>
    </div>
  )
}

/** No page numbers of rows that were not read. */
function Pages() {
  const { error } = useListContext()
  return error ? null : <Pagination rowsPerPageOptions={[25, 50, 100]} />
}

function ListError() {
  const { error, refetch } = useListContext()
  return <LoadError error={error} again={() => void refetch()} />
}
