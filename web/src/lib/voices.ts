import { useQuery } from '@tanstack/react-query'
import { ask } from './api.ts'
import type { Language, Voice } from './types.ts'

export function useVoices() {
  return useQuery({
    queryKey: ['voices'],
    queryFn: async () => (await ask<{ items: Voice[] }>('/api/voices')).items,
    // The neural voice comes while the product already runs.
    staleTime: 60_000,
  })
}

export const voiceName = (voice: Voice, language: Language) => (language === 'zh' ? voice.name : voice.nameEn)

export const voicesFor = (voices: readonly Voice[], language: Language) =>
  voices.filter(({ languages }) => languages.some((spoken) => spoken.startsWith(language)))

const labels = { 'local preview': 'make.localPreview', 'local neural voice': 'make.localNeural' } as const

/** What is to be said about a voice beside its name, in the words of the screen where it has some. */
export const voiceLabel = ({ label }: Voice, t: (key: (typeof labels)[keyof typeof labels]) => string) =>
  label && label in labels ? t(labels[label as keyof typeof labels]) : (label ?? undefined)
