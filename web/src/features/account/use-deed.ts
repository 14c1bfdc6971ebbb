import { useState } from 'react'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { Refusal } from '../../lib/api.ts'
import { isSignedIn } from '../../lib/session.ts'
import { showToast } from '../../lib/toast.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** Everything on this page is read anew after something was changed. */
export const accountKey = ['account']

/** Does something with the account: waits, says how it went, and reads the page anew. */
export function useDeed() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [isBusy, setBusy] = useState(false)
  const run = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true)
    try {
      await work()
      if (done) showToast(done)
      // Whoever just left has no page to be read anew.
      if (isSignedIn()) await queries.invalidateQueries({ queryKey: accountKey })
      return true
    } catch (error) {
      const isPassword = error instanceof Refusal && error.code === 'wrong-credentials'
      showToast(isPassword ? t('enter.wrongPassword') : say(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, run }
}
