import type { DataProvider, GetListParams, Identifier, RaRecord } from 'react-admin'
import type { paths } from '../../api/openapi.d.ts'
import { request } from './request.ts'

type BodyOf<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never
export type NewNotice = BodyOf<'/api/admin/notices'>
export type NewPrice = BodyOf<'/api/admin/prices'>

export interface ReconcileOrder {
  apply: boolean
  allowMany: boolean
}

/** The console's own verbs beside react-admin's. */
export interface ConsoleProvider extends DataProvider {
  cancelEpisode(id: Identifier): Promise<void>
  /** Lets a run go on that waits for a repair. */
  repairEpisode(id: Identifier): Promise<void>
  /** Makes again what was stopped or failed. */
  retryEpisode(id: Identifier): Promise<void>
  changeBudget(id: Identifier, budgetMicroUsd: number): Promise<void>
  /** Signs a user out in one place, or everywhere. */
  signOut(userId: string, sessionId?: string): Promise<void>
  /** Revokes an API key; its next request is refused. */
  revokeKey(userId: string, keyId: string): Promise<void>
  /** Makes one small paid call. */
  testProvider(name: string): Promise<void>
  schedule(id: string, deed: 'pause' | 'resume' | 'run-now'): Promise<void>
  tellAll(notice: NewNotice): Promise<void>
  takeNoticeDown(id: string): Promise<void>
  addPrice(price: NewPrice): Promise<void>
  takePriceBack(id: string): Promise<void>
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
  askForSample: (id) => post('voices', id, 'sample'),
  cancelEpisode: (id) => post('episodes', id, 'cancel'),
  repairEpisode: (id) => post('episodes', id, 'repair'),
  retryEpisode: (id) => post('episodes', id, 'retry'),
  changeBudget: (id, budgetMicroUsd) => post('episodes', id, 'budget', { budgetMicroUsd }),
  tryProviderAgain: (name) => post('providers', name, 'try-again'),
  testProvider: (name) => post('providers', name, 'test-call'),
  schedule: (id, deed) => post('schedules', id, deed),
  runBackup: async () => {
    await request('/admin/backups', { method: 'POST' })
  },
  verifyBackup: (id) => post('backups', id, 'verify'),
  reconcile: async (order) => {
    await request('/admin/reconcile', { method: 'POST', body: order })
  },
  tellAll: async (notice) => {
    await request('/admin/notices', { method: 'POST', body: notice })
  },
  addPrice: async (price) => {
    await request('/admin/prices', { method: 'POST', body: price })
  },
  takeNoticeDown: (id) => remove(`notices/${id}`),
  takePriceBack: (id) => remove(`prices/${id}`),
  revokeKey: (userId, keyId) => remove(`users/${encodeURIComponent(userId)}/keys/${encodeURIComponent(keyId)}`),
  signOut: (userId, sessionId) =>
    remove(`users/${encodeURIComponent(userId)}/sessions${sessionId === undefined ? '' : `/${encodeURIComponent(sessionId)}`}`),
}

async function post(resource: string, id: Identifier, verb: string, body: object = {}): Promise<void> {
  await request(`/admin/${resource}/${encodeURIComponent(id)}/${verb}`, { method: 'POST', body })
}

async function remove(path: string): Promise<void> {
  await request(`/admin/${path}`, { method: 'DELETE' })
}
