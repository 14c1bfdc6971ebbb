import type { DataProvider, GetListParams, Identifier, RaRecord } from 'react-admin'
import { request } from './request.ts'

export interface ReconcileOrder {
  apply: boolean
  allowMany: boolean
}

/** The console's own verbs beside react-admin's. */
export interface ConsoleProvider extends DataProvider {
  cancelEpisode(id: Identifier): Promise<void>
  /** Lets a run go on that waits for a repair. */
  repairEpisode(id: Identifier): Promise<void>
  /** Has the sample of a voice made, whatever it costs. */
  askForSample(id: Identifier): Promise<void>
  tryProviderAgain(name: string): Promise<void>
  /** Orders a backup. */
  runBackup(): Promise<void>
  /** Has a kept backup restored into a scratch database once more. */
  verifyBackup(id: Identifier): Promise<void>
  /** Orders a look at the whole store. */
  reconcile(order: ReconcileOrder): Promise<void>
}

const readOnly = () => Promise.reject(new Error('console.error.read_only'))

async function list<T extends RaRecord>(resource: string, params: Partial<GetListParams>, also: object = {}) {
  const query = new URLSearchParams({
    page: String(params.pagination?.page ?? 1),
    perPage: String(params.pagination?.perPage ?? 25),
    ...(params.sort ? { sort: params.sort.field, order: params.sort.order } : {}),
    filter: JSON.stringify({ ...params.filter, ...also }),
  })
  return (await request(`/admin/${resource}?${query}`)) as { data: T[]; total: number }
}

const one = async <T extends RaRecord>(resource: string, id: Identifier) =>
  (await request(`/admin/${resource}/${encodeURIComponent(id)}`)) as T

export const dataProvider: ConsoleProvider = {
  getList: (resource, params) => list(resource, params),
  getOne: async (resource, { id }) => ({ data: await one(resource, id) }),
  // The API has no list by ids: only a chosen filter asks for one or two of them.
  getMany: async (resource, { ids }) => ({ data: await Promise.all(ids.map((id) => one<never>(resource, id))) }),
  getManyReference: (resource, params) => list(resource, params, { [params.target]: params.id }),
  create: readOnly,
  update: async (resource, { id, data }) => ({
    data: (await request(`/admin/${resource}/${encodeURIComponent(id)}`, { method: 'PATCH', body: data })) as never,
  }),
  updateMany: readOnly,
  /** Of all there is only a backup can be asked to go, and the answer is no. */
  delete: async (resource, { id }) => ({
    data: (await request(`/admin/${resource}/${encodeURIComponent(id)}`, { method: 'DELETE' })) as never,
  }),
  deleteMany: readOnly,
  askForSample: async (id) => {
    await request(`/admin/voices/${encodeURIComponent(id)}/sample`, { method: 'POST' })
  },
  cancelEpisode: async (id) => {
    await request(`/admin/episodes/${encodeURIComponent(id)}/cancel`, { method: 'POST', body: {} })
  },
  repairEpisode: async (id) => {
    await request(`/admin/episodes/${encodeURIComponent(id)}/repair`, { method: 'POST', body: {} })
  },
  runBackup: async () => {
    await request('/admin/backups', { method: 'POST' })
  },
  verifyBackup: async (id) => {
    await request(`/admin/backups/${encodeURIComponent(id)}/verify`, { method: 'POST' })
  },
  reconcile: async (order) => {
    await request('/admin/reconcile', { method: 'POST', body: order })
  },
  tryProviderAgain: async (name) => {
    await request(`/admin/providers/${encodeURIComponent(name)}/try-again`, { method: 'POST', body: {} })
  },
}
