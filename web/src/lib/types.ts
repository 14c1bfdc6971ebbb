import type { components } from '../../../api/openapi.d.ts'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type ApiKey = Schemas['ApiKey']
export type MadeApiKey = Schemas['MadeApiKey']
export type Brief = Schemas['Brief']
export type Episode = Schemas['Episode']
export type EpisodeStatus = Schemas['EpisodeStatus']
export type EpisodeSummary = Schemas['EpisodeSummary']
export type EpisodeList = Schemas['EpisodeList']
export type Estimate = Schemas['Estimate']
export type Line = Schemas['Line']
export type OwnUsage = Schemas['OwnUsage']
export type PublicNotice = Schemas['PublicNotice']
export type Receipt = Schemas['Receipt']
export type Share = Schemas['Share']
export type Show = Schemas['Show']
export type ShowEpisode = Schemas['ShowEpisode']
export type Feed = Schemas['Feed']
export type FeedCheck = Schemas['FeedCheck']
export type SearchHit = Schemas['SearchHit']
export type SearchResult = Schemas['SearchResult']
export type Webhook = Schemas['Webhook']
export type WebhookDelivery = Schemas['WebhookDelivery']
export type WebhookWithSecret = Schemas['WebhookWithSecret']
export type Script = Schemas['Script']
export type SourceRead = Schemas['SourceRead']
export type ReadableSource = Schemas['ReadableSource']
export type Voice = Schemas['Voice']

/** The two languages of the app, and of what it makes. */
export type Language = 'zh' | 'en'
