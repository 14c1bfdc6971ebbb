import { address, ask, Refusal } from './api.ts'
import { currentPlayback, pause } from './playback.ts'
import { createStore } from './store.ts'
import type { Voice } from './types.ts'
import { readVoices } from './voices.ts'

/** The voice one is trying, and whether it sounds already or is being made. */
export interface Trial {
  voiceId: string
  sounds: boolean
}

const trial = createStore<Trial | null>(null)
const askAgainMs = 400
/** A local voice says its sentence within a second or two; behind a long queue it takes longer. */
const patience = 75

let audio: HTMLAudioElement | null = null

export const useTrial = trial.use

export function stopSample() {
  audio?.pause()
  trial.set(null)
}

/** Lets a voice be heard. A free one that was never heard before is made first. Throws a Refusal when it cannot be had. */
export async function playSample(voice: Voice): Promise<void> {
  stopSample()
  if (currentPlayback().playing) pause()
  audio ??= new Audio()
  const sound = audio
  // Within the press itself: some browsers only let an element sound later that was touched in one.
  sound.load()
  trial.set({ voiceId: voice.id, sounds: false })
  const mine = () => trial.get()?.voiceId === voice.id
  try {
    const url = voice.sampleUrl ?? (await madeSample(voice.id, mine))
    if (!mine()) return
    sound.src = address(url)
    sound.onended = () => mine() && stopSample()
    await sound.play()
    if (mine()) trial.set({ voiceId: voice.id, sounds: true })
  } catch (error) {
    if (!mine()) return
    stopSample()
    throw error
  }
}

async function madeSample(id: string, wanted: () => boolean): Promise<string> {
  for (let asked = 0; asked < patience && wanted(); asked += 1) {
    const voice = (await readVoices()).find((one) => one.id === id)
    if (voice?.sampleUrl) return voice.sampleUrl
    if (voice?.sample !== 'making') await order(id)
    await new Promise((resolve) => setTimeout(resolve, askAgainMs))
  }
  throw new Refusal('no-sample', 0, id)
}

async function order(id: string) {
  await ask(`/api/voices/${encodeURIComponent(id)}/sample`).catch((error: unknown) => {
    // Made in the meantime, it answers with sound instead of words.
    if (error instanceof Refusal) throw error
  })
}
