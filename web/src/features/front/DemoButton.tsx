import { useMutation } from '@tanstack/react-query'
import { PlayIcon } from '../../components/Icons.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal } from '../../lib/api.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { signInToDemo } from '../../lib/session.ts'

export function DemoButton() {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const demo = useMutation({ mutationFn: signInToDemo })
  const off = demo.error instanceof Refusal && demo.error.status === 404
  return (
    <div className="try">
      <button type="button" className="btn go big" disabled={demo.isPending} onClick={() => demo.mutate()}>
        <PlayIcon />
        {t('front.demo')}
      </button>
      <span className="meta">{t('front.demoNote')}</span>
      {demo.error && <Notice>{off ? t('front.demoOff') : say(demo.error)}</Notice>}
    </div>
  )
}
