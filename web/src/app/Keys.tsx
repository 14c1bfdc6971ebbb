import { Suspense, lazy, useEffect } from 'react'
import { useLocation } from 'wouter'
import { withWords } from '../i18n/start.ts'
import { keyHelp, showKeys } from '../lib/key-help.ts'
import { isTyping } from '../lib/keys.ts'

const KeyList = lazy(() => withWords(import('./KeyList.tsx')))

const patienceMs = 1_200

/** The keys that lead about from anywhere, and the list of all there are. */
export function Keys() {
  const [, go] = useLocation()
  const shown = keyHelp.use()
  useEffect(() => {
    let gAt = 0
    const search = () => {
      if (location.pathname !== '/library') go('/library')
      // The page may have to be fetched first.
      const focus = (tries: number) => {
        const field = document.querySelector<HTMLElement>('main [type="search"]')
        if (field) field.focus()
        else if (tries > 0) setTimeout(focus, 100, tries - 1)
      }
      focus(20)
    }
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.repeat) return
      const key = event.key.toLowerCase()
      const afterG = Date.now() - gAt < patienceMs
      gAt = key === 'g' ? Date.now() : 0
      const deed = afterG && key === 'l' ? () => go('/library') : { '/': search, '?': showKeys, n: () => go('/new') }[key]
      if (!deed) return
      event.preventDefault()
      event.stopImmediatePropagation()
      deed()
    }
    // Before the player's own keys: after G, L means the library.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [go])
  return <Suspense>{shown && <KeyList />}</Suspense>
}
