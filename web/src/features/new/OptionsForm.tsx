import './options.css'
import { MoneyField } from '../../components/MoneyField.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { Switch } from '../../controls/Switch.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import type { Draft, Format } from '../../lib/draft.ts'
import { useConfig } from '../../lib/session.ts'
import type { Language, Voice } from '../../lib/types.ts'
import { choosable } from '../../lib/voices.ts'
import type { Cast } from './cast.ts'
import { resize } from './cast.ts'
import { LengthSlider } from './LengthSlider.tsx'
import { OptionRow } from './OptionRow.tsx'
import type { Order } from './order.ts'
import { SpeakerRows } from './SpeakerRows.tsx'
import { useOwnId } from '../../lib/use-own-id.ts'

const formats: readonly Format[] = ['talk', 'interview', 'debate', 'monologue', 'news']
const languages = ['auto', 'zh', 'en'] as const
/** What the API takes. */
const LONGEST_STYLE = 200

interface OptionsFormProps {
  order: Order
  language: Language
  cast: Cast
  voices: readonly Voice[]
  draft: Draft
  onChange: (part: Partial<Omit<Draft, 'key'>>) => void
}

/** Everything there is to choose, each with the default that holds when nobody does. */
export default function OptionsForm({ order, language, cast, voices, draft, onChange }: OptionsFormProps) {
  const { t } = useTranslation()
  const style = useOwnId()
  const budget = useOwnId()
  const plain = useConfig().data?.modelWrites === false
  const chooseFormat = (format: Format | 'auto') => {
    const next = format === 'auto' ? null : format
    // One person alone cannot talk with, ask or contradict another.
    const alone = next !== null && next !== 'monologue' && next !== 'news' && draft.speakers?.length === 1
    onChange({ format: next, ...(alone ? { speakers: resize(cast, 2, choosable(voices), language) } : {}) })
  }
  const notice = draft.notice ?? language === 'zh'
  return (
    <div className="options">
      <OptionRow label={t('make.languageLabel')}>
        <Segments
          label={t('make.languageLabel')}
          options={languages.map((value) => ({ value, words: t(`make.${value}`) }))}
          chosen={draft.language ?? 'auto'}
          onChoose={(next) => onChange({ language: next === 'auto' ? null : next, speakers: null })}
        />
      </OptionRow>
      {order.written && (
        <>
          <OptionRow label={t('make.formatLabel')}>
            <Segments
              label={t('make.formatLabel')}
              options={[
                { value: 'auto' as const, words: t('make.formatAuto') },
                ...formats.map((value) => ({ value, words: t(`make.formats.${value}`) })),
              ]}
              chosen={draft.format ?? 'auto'}
              onChoose={chooseFormat}
            />
            {plain && <p className="meta plain">{t('make.plainWriter')}</p>}
          </OptionRow>
          <OptionRow label={t('make.lengthLabel')}>
            <LengthSlider minutes={draft.targetMinutes} onChange={(targetMinutes) => onChange({ targetMinutes })} />
          </OptionRow>
        </>
      )}
      <OptionRow
        label={t(order.kind === 'narration' ? 'make.voiceLabel' : 'make.speakersLabel')}
        {...(order.written ? { note: t('make.speakersNote') } : {})}
      >
        <SpeakerRows
          order={order}
          alone={order.kind === 'narration' || (order.written && draft.format === 'monologue')}
          language={language}
          cast={cast}
          voices={voices}
          onChange={(speakers) => onChange({ speakers })}
        />
      </OptionRow>
      {order.written && (
        <OptionRow label={t('make.styleLabel')} htmlFor={style}>
          <div className="field area">
            <textarea
              id={style}
              rows={2}
              maxLength={LONGEST_STYLE}
              placeholder={t('make.stylePlaceholder')}
              value={draft.style}
              onChange={(event) => onChange({ style: event.currentTarget.value })}
            />
          </div>
        </OptionRow>
      )}
      <OptionRow label={t('make.noticeLabel')}>
        <Switch
          on={notice}
          note={t(language === 'zh' ? 'make.noticeWhyZh' : 'make.noticeWhyEn')}
          onChange={(on) => onChange({ notice: on === (language === 'zh') ? null : on })}
        >
          {t('make.noticeSwitch')}
        </Switch>
      </OptionRow>
      <OptionRow label={t('edit.reviewLabel')}>
        <Switch on={draft.review} note={t('edit.reviewWhy')} onChange={(review) => onChange({ review })}>
          {t('edit.reviewSwitch')}
        </Switch>
      </OptionRow>
      <OptionRow label={t('make.budgetLabel')} htmlFor={budget}>
        <MoneyField
          id={budget}
          value={draft.budget}
          describedBy={`${budget}-why`}
          onChange={(typed) => onChange({ budget: typed })}
        />
        <p className="meta plain" id={`${budget}-why`}>
          {t('make.budgetWhy')}
        </p>
      </OptionRow>
      <OptionRow label={t('make.fileLabel')}>
        <Switch on={draft.m4a} note={t('make.m4aWhy')} onChange={(m4a) => onChange({ m4a })}>
          {t('make.m4aSwitch')}
        </Switch>
      </OptionRow>
    </div>
  )
}
