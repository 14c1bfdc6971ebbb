import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { sampleText } from '../../shared/voice-sample.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import type { PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Outbox } from '../outbox.ts'
import { allVoices, favouritesOf, setFavourite } from './voices.repo.ts'
import type { OfferedVoice, Providers } from './voices.repo.ts'
import type { AdminVoice, SampleStatus, Voice } from './voices.schema.ts'

export interface VoiceServiceDeps {
  db: Database
  store: ObjectStore
  outbox: Outbox
  providers: Providers
}

/** A free sample that failed is tried again after so long; a paid one only when somebody asks. */
const FREE_RETRY_MS = 60_000

export class VoiceService {
  private readonly deps: VoiceServiceDeps

  constructor(deps: VoiceServiceDeps) {
    this.deps = deps
  }

  /** What somebody can choose from, the best first, and what they could choose with another key. */
  async list(userId: PersonId): Promise<Voice[]> {
    const [voices, liked] = await Promise.all([this.all(), favouritesOf(this.deps.db, userId)])
    const shown = voices.filter(({ enabled, available, needsKey }) => enabled && (available || needsKey !== null))
    // A voice whose price nobody knows cannot be chosen, so it is not shown.
    return shown.flatMap((voice) => {
      const price = voice.microUsdPerThousandCharacters
      return price === null
        ? []
        : [{ ...viewOf(voice), priceMicroUsdPerThousandCharacters: price, favourite: liked.has(voice.id) }]
    })
  }

  /** Likes a voice, or no longer; said twice it stays so. Throws `not-found` for a voice that is not there. */
  async favour(userId: PersonId, id: string, favourite: boolean): Promise<void> {
    await this.find(id)
    await setFavourite(this.deps.db, userId, id, favourite)
  }

  /** Every voice, as an administrator sees them. */
  async adminList(): Promise<AdminVoice[]> {
    return (await this.all()).map(adminViewOf)
  }

  async find(id: string): Promise<OfferedVoice> {
    const voice = (await this.all()).find((one) => one.id === id)
    if (!voice) throw new HttpProblem('not-found', 'There is no such voice.')
    return voice
  }

  /** The sample's MP3; undefined while it is being made. A free one is ordered by the first who asks. */
  async sample(id: string): Promise<Uint8Array | undefined> {
    const made = await this.deps.db.voiceSample.findFirst({ where: { voiceId: id } })
    if (made?.status === 'making') return undefined
    if (made?.status === 'ready') return this.deps.store.get(made.mp3Key!)
    const voice = await this.find(id)
    const status = sampleStatus(voice)
    if (status === 'none') throw new HttpProblem('no-sample', noSampleSentence(voice))
    if (status === 'on-demand') await this.order(voice)
    return undefined
  }

  /** Has a sample made whatever it costs. One that is there or on its way is not bought again. */
  async askForSample(id: string): Promise<OfferedVoice> {
    const voice = await this.find(id)
    if (!voice.available) {
      const why = voice.needsKey ? `It needs ${voice.needsKey}.` : 'Its model is gone or nobody knows its price.'
      throw new HttpProblem('wrong-state', `This voice cannot speak now. ${why} Nothing was charged.`)
    }
    const status = voice.sample?.status
    if (status !== 'ready' && status !== 'making') await this.order(voice)
    return this.find(id)
  }

  private all(): Promise<OfferedVoice[]> {
    return allVoices(this.deps.db, this.deps.providers)
  }

  /** Whoever comes second finds it ordered: the row is changed only while nobody else has. */
  private async order({ id, provider }: OfferedVoice): Promise<void> {
    const { db, outbox } = this.deps
    const outboxId = await db.$transaction(async (tx) => {
      const { count: begun } = await tx.voiceSample.createMany({ data: { voiceId: id }, skipDuplicates: true })
      const again = { status: 'making', askedAt: new Date(), endedAt: null, failureCode: null, failureDetail: null } as const
      const { count: anew } = await tx.voiceSample.updateMany({ where: { voiceId: id, status: 'failed' }, data: again })
      return begun + anew > 0 ? writeOrder(tx, 'make-sample', id, { voiceId: id, provider }) : undefined
    })
    if (outboxId) outbox.sendSoon(outboxId)
  }
}

/** Whether a sample can be heard, now or soon. */
export function sampleStatus({ sample, available, microUsdPerThousandCharacters: price }: OfferedVoice): SampleStatus {
  if (sample?.status === 'ready' || sample?.status === 'making') return sample.status
  const failedJustNow = Date.now() - (sample?.endedAt?.getTime() ?? 0) < FREE_RETRY_MS
  return available && price === 0 && !failedJustNow ? 'on-demand' : 'none'
}

function noSampleSentence({ sample, available, microUsdPerThousandCharacters: price }: OfferedVoice): string {
  if (sample?.status === 'failed')
    return `The sample could not be made (${sample.failureCode}). Try again in a minute or ask an administrator.`
  if (!available) return 'There is no sample of this voice yet, and its provider is off.'
  return price === 0
    ? 'There is no sample of this voice yet.'
    : 'There is no sample of this voice yet: it costs money, so an administrator has to ask for it.'
}

const viewOf = (voice: OfferedVoice) => ({
  id: voice.id,
  provider: voice.provider,
  name: voice.name,
  nameEn: voice.nameEn,
  languages: voice.languages,
  gender: voice.gender,
  label: voice.label,
  available: voice.available,
  needsKey: voice.needsKey,
  sampleUrl: voice.sample?.status === 'ready' ? `/api/voices/${encodeURIComponent(voice.id)}/sample` : null,
  sample: sampleStatus(voice),
})

export function adminViewOf(voice: OfferedVoice): AdminVoice {
  const { model, providerVoice, enabled, sample, microUsdPerThousandCharacters: price } = voice
  const characters = [...sampleText(voice.languages).text].length
  return {
    ...viewOf(voice),
    model,
    providerVoice,
    enabled,
    priceMicroUsdPerThousandCharacters: price,
    sampleCostMicroUsd: price === null ? null : Math.ceil((price * characters) / 1000),
    sampleFailure: sample?.status === 'failed' ? { code: sample.failureCode ?? '', detail: sample.failureDetail ?? '' } : null,
  }
}
