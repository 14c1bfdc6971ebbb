import { useQuery } from '@tanstack/react-query'
import type { Translation } from '../i18n/translation.ts'
import { ask } from './api.ts'
import { money } from './money.ts'
import { queries } from './queries.ts'
import type { Language, Voice } from './types.ts'

const query = {
  queryKey: ['voices'],
  queryFn: async () => (await ask<{ items: Voice[] }>('/api/voices')).items,
}

/** Asked again after a minute: the neural voice comes while the product already runs. */
export const useVoices = () => useQuery({ ...query, staleTime: 60_000 })

/** Asked anew: which samples there are changes while one looks. */
export const readVoices = () => queries.fetchQuery({ ...query, staleTime: 0 })

/** Likes a voice, or no longer: seen at once, taken back where it could not be kept. Throws the Refusal then. */
export async function likeVoice(id: string, favourite: boolean): Promise<void> {
  const mark = (liked: boolean) =>
    queries.setQueryData<Voice[]>(query.queryKey, (all) =>
      all?.map((one) => (one.id === id ? { ...one, favourite: liked } : one)),
    )
  mark(favourite)
  try {
    await ask(`/api/voices/${encodeURIComponent(id)}/favourite`, { method: favourite ? 'PUT' : 'DELETE' })
  } catch (error) {
    mark(!favourite)
    throw error
  }
}

/** Those one likes first, the rest as they come. */
export const likedFirst = (voices: readonly Voice[]) => voices.toSorted((a, b) => Number(b.favourite) - Number(a.favourite))

export const voiceName = (voice: Voice, language: Language) => (language === 'zh' ? voice.name : voice.nameEn)

export const voicesFor = (voices: readonly Voice[], language: Language) =>
  voices.filter(({ languages }) => languages.some((spoken) => spoken.startsWith(language)))

export const choosable = (voices: readonly Voice[]) => voices.filter(({ available }) => available)

const labels = { 'local preview': 'voices.localPreview', 'local neural voice': 'voices.localNeural' } as const
const isKnown = (label: string): label is keyof typeof labels => Object.hasOwn(labels, label)

/** What is to be said about a voice beside its name, in the words of the screen. */
export const voiceLabel = ({ label }: Voice, t: Translation['t']) =>
  label === null ? undefined : isKnown(label) ? t(labels[label]) : label

const providers: Record<string, string> = { elevenlabs: 'ElevenLabs', openai: 'OpenAI' }

/** Whether it is done by somebody else, for a key. */
export const isElsewhere = (provider: string) => Object.hasOwn(providers, provider)

/** Who makes it sound. What needs no key is made on this machine. */
export const nameOfProvider = (provider: string, t: Translation['t']) => providers[provider] ?? t('voices.thisMachine')

export const providerName = ({ provider }: Voice, t: Translation['t']) => nameOfProvider(provider, t)

export const voicePrice = ({ priceMicroUsdPerThousandCharacters: price }: Voice, { t, language }: Translation) =>
  price === 0 ? t('voices.free') : t('voices.perThousand', { money: money(price, language) })
