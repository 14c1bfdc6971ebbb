import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Language, Voice } from './types.ts'

export function useVoices() {
  return useQuery({
    queryKey: ['voices'],
    queryFn: async () => (await ask<{ items: Voice[] }>('/api/voices')).items,
    staleTime: Infinity,
  })
}

export const voiceName = (voice: Voice, language: Language) => (language === 'zh' ? voice.name : voice.nameEn)

export const voicesFor = (voices: readonly Voice[], language: Language) =>
  voices.filter(({ languages }) => languages.some((spoken) => spoken.startsWith(language)))

/** What is to be said about a voice beside its name; "local preview" in the words of the screen. */
export const voiceLabel = (voice: Voice, localPreview: string) =>
  voice.label === 'local preview' ? localPreview : (voice.label ?? undefined)
