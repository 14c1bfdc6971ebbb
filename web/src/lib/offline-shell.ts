/** Lets the app start without a connection from the next visit on. Without support, or in development, nothing happens. */
export function startOfflineShell() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // After the first paint and its requests: nobody waits for it.
  const register = () => setTimeout(() => void navigator.serviceWorker.register('/sw.js').catch(() => undefined), 1_000)
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}
