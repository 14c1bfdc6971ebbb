import { createStore } from './store.ts'

/** What Chromium hands over instead of asking by itself. It can be used once. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>
}

const offer = createStore<InstallOffer | null>(null)

/** Whether the browser would install the app now; known some seconds after the first visit. Not once it is installed. */
export const useCanInstall = () => offer.use() !== null

/** An iPhone or iPad that shows the app in its browser: there only a person can put it on the home screen, and no event tells of it. */
export const isInstalledByHand = () =>
  (navigator as { standalone?: boolean }).standalone === false && navigator.maxTouchPoints > 1

/** Keeps the browser's offer for when somebody wants it: it comes once, early, on whatever page. */
export function keepInstallOffer() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.set(event as InstallOffer)
  })
  addEventListener('appinstalled', () => offer.set(null))
}

/** Lets the browser ask. Whatever is answered, the offer is spent; the browser makes another when it will. */
export async function install() {
  const now = offer.get()
  offer.set(null)
  await now?.prompt()
}
