import type Hls from 'hls.js'

const retryMs = 2_000
const patience = 8

type HlsClass = typeof Hls

const loadHls = async (): Promise<HlsClass> => (await import('hls.js/light')).default

const signs = ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const
let isAwaited = false

/**
 * Loads what plays with the first sign of a person on a page with sound: the press on play does not wait for it, and the page itself stands
 * before it is read.
 */
export function awaitPlay(): void {
  if (isAwaited) return
  isAwaited = true
  const begin = () => {
    for (const sign of signs) removeEventListener(sign, begin)
    // Failing now is no matter: play tries again.
    loadHls().catch(() => undefined)
  }
  for (const sign of signs) addEventListener(sign, begin, { passive: true })
}

/** Joins a playlist, which may still be growing, to an audio element. Returns how to part them. */
export function attachSource(sound: HTMLAudioElement, url: string, fromMs: number, onTrouble: () => void): () => void {
  let parted = false
  let hls: Hls | undefined
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const join = (Class: HlsClass, from: number) => {
    if (parted) return
    hls = new Class({
      // From the chosen place, not from the live end, though the list is still growing.
      startPosition: from,
      enableWorker: false,
      // No text tracks are wanted; making them would load a data: address, which the content policy refuses.
      enableID3MetadataCues: false,
      enableDateRangeMetadataCues: false,
      enableEmsgMetadataCues: false,
      backBufferLength: Infinity,
      maxBufferLength: 60,
      xhrSetup: (xhr) => {
        xhr.withCredentials = true
      },
    })
    hls.on(Class.Events.FRAG_BUFFERED, () => (tries = 0))
    hls.on(Class.Events.ERROR, (_event, { fatal }) => {
      if (!fatal || parted) return
      hls?.destroy()
      tries += 1
      if (tries > patience) onTrouble()
      else timer = setTimeout(() => join(Class, sound.currentTime || from), retryMs)
    })
    hls.loadSource(url)
    hls.attachMedia(sound)
  }
  const nativeFrom = () => {
    sound.src = url
    sound.currentTime = fromMs / 1000
  }
  loadHls()
    .then((Class) => (Class.isSupported() ? join(Class, fromMs / 1000) : nativeFrom()))
    .catch(onTrouble)

  return () => {
    parted = true
    clearTimeout(timer)
    hls?.destroy()
    sound.removeAttribute('src')
    sound.load()
  }
}
