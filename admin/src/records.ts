import type { components } from '../../api/openapi.d.ts'

type Schemas = components['schemas']

export type AdminEpisode = Schemas['AdminEpisode']
export type AdminEpisodeDetail = Schemas['AdminEpisodeDetail']
export type ApiKey = Schemas['ApiKey']
export type AdminUser = Schemas['AdminUser']
export type AdminUserDetail = Schemas['AdminUserDetail']
export type AuditEntry = Schemas['AuditEntry']
export type Dashboard = Schemas['Dashboard']
export type Notice = Schemas['Notice']
export type ProviderTest = Schemas['ProviderTest']
export type Receipt = Schemas['Receipt']
export type Retry = Schemas['Retry']
export type Schedule = Schemas['Schedule']
export type Session = Schemas['Session']
export type AdminVoice = Schemas['AdminVoice']
export type AdminPrice = Schemas['Price']
export type Provider = Schemas['Provider']
export type Settings = Schemas['Settings']
export type Usage = Schemas['Usage']
export type ReconcileRun = Schemas['ReconcileRun']
export type Backup = Schemas['Backup']
export type BackupDetail = Schemas['BackupDetail']
export type UsageLog = Schemas['UsageLog']
export type EpisodeStatus = Schemas['EpisodeStatus']
export type AdminLine = AdminEpisodeDetail['lines'][number]
export type CallStatus = UsageLog['status']

/** What a person signed in as; the role says whether the console opens. */
export interface Person {
  id: string
  name: string
  email: string
  role: string
}
