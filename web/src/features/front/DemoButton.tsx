import { useMutation } from '@tanstack/react-query'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { signInToDemo } from '../../lib/session.ts'

/** In with one press, where a house keeps a demo account. */
export function DemoButton() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const demo = useMutation({ mutationFn: signInToDemo })
  const off = demo.error instanceof Refusal && demo.error.status === 404
  return (
    <>
      <button type="button" className="btn" title={t('front.demoNote')} disabled={demo.isPending} onClick={() => demo.mutate()}>
        {t('front.demo')}
      </button>
      {demo.error && <Notice>{off ? t('front.demoOff') : say(demo.error)}</Notice>}
    </>
  )
}
