import { FileText, Link2, X } from 'lucide-react'
import { LeftOut } from '../../components/LeftOut.tsx'
import { Parts } from '../../components/Parts.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { SentFile } from '../../lib/draft.ts'
import { readableWords } from '../../lib/first-words.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { useSourceFailureWords } from '../../lib/source-failure-words.ts'
import { nameOfSource } from './reading.ts'
import type { OneRead, Reading } from './reading.ts'
import type { Sending } from './sending.ts'

interface SourceRowsProps {
  files: SentFile[]
  sending: Sending
  reading: Reading
  onRemove: (uploadId: string) => void
}

/** Links and files, a row each: what was recognised, or why not. */
export function SourceRows({ files, sending, reading, onRemove }: SourceRowsProps) {
  const { t } = useTranslation()
  if (sending.onTheirWay.length === 0 && reading.all.length === 0) return null
  return (
    <ul className="sources" aria-live="polite">
      {reading.all.map((one) => {
        const { source } = one
        const name = nameOfSource(source, files)
        return (
          <li key={JSON.stringify(source)}>
            <KindMark isLink={source.type === 'url'} />
            <SourceRow one={one} name={name} />
            {source.type === 'file' && <RemoveButton name={name} onPress={() => onRemove(source.uploadId)} />}
          </li>
        )
      })}
      {sending.onTheirWay.map((file, index) => (
        <li key={`${index} ${file.name}`}>
          <KindMark isLink={false} />
          <div>
            <p>{file.name}</p>
            <p className="meta">{file.trouble === null ? t('source.sending') : t('source.notSent', { why: file.trouble })}</p>
          </div>
          {file.trouble !== null && <RemoveButton name={file.name} onPress={() => sending.forget(file)} />}
        </li>
      ))}
    </ul>
  )
}

function KindMark({ isLink }: { isLink: boolean }) {
  const Icon = isLink ? Link2 : FileText
  return (
    <span className="kindmark">
      <Icon className="i s" aria-hidden="true" />
    </span>
  )
}

function SourceRow({ one: { read, error }, name }: { one: OneRead; name: string }) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const sayFailure = useSourceFailureWords()
  if (!read || read.status !== 'read') {
    const words = error ? say(error) : read?.failure ? (sayFailure(read.failure) ?? read.failure.detail) : t('source.reading')
    return (
      <div>
        <p>{name}</p>
        <p className="meta">{words}</p>
      </div>
    )
  }
  const amount = read.characters ?? 0
  return (
    <div>
      <p>{read.title ?? name}</p>
      <p className="meta">
        <Parts>
          {t(`source.types.${read.type}`)}
          {read.language === 'zh' ? t('source.chinese', { amount }) : t('source.english', { amount })}
        </Parts>
      </p>
      <p className="meta first" lang={langTag(read.language === 'zh' ? 'zh' : 'en')}>
        {readableWords(read.firstWords)}
      </p>
      <LeftOut source={read} />
    </div>
  )
}

function RemoveButton({ name, onPress }: { name: string; onPress: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className="ib" aria-label={t('source.remove', { name })} onClick={onPress}>
      <X className="i s" aria-hidden="true" />
    </button>
  )
}
