import { DataTable, useLocale, useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import { ConsoleList } from '../layout/ConsoleList.tsx'
import { NothingFound } from '../layout/NothingFound.tsx'
import type { AdminVoice } from '../records.ts'
import { OfferSwitch } from './OfferSwitch.tsx'
import { SampleCell } from './SampleCell.tsx'
import { VoiceStateTag } from './VoiceStateTag.tsx'

const Column = DataTable.Col<AdminVoice>
const SAMPLE_SOON_MS = 1000

/** Every voice: whether people can choose it, what it costs and needs, and how it sounds. */
export function VoiceList() {
  const t = useTranslate()
  const locale = useLocale()
  const { money } = useFormats()
  return (
    <ConsoleList<AdminVoice>
      sort={{ field: 'rank', order: 'ASC' }}
      filters={[]}
      refreshMs={(rows) => rows.some(({ sample }) => sample === 'making') && SAMPLE_SOON_MS}
    >
      <DataTable<AdminVoice> bulkActionButtons={false} empty={<NothingFound />} rowClick={false}>
        <Column source="name" disableSort render={({ name, nameEn }) => (locale === 'zh' ? name : nameEn)} />
        <Column source="provider" disableSort />
        <Column source="model" disableSort />
        <Column
          source="languages"
          disableSort
          render={({ languages }) => languages.map((one) => t(`console.language_name.${one}`, { _: one })).join(' / ')}
        />
        <Column source="gender" disableSort render={({ gender }) => t(`console.voice.${gender}`, { _: gender })} />
        <Column
          source="priceMicroUsdPerThousandCharacters"
          align="right"
          disableSort
          render={({ priceMicroUsdPerThousandCharacters: price }) => (price === null ? t('console.none') : money(price))}
        />
        <Column source="available" disableSort render={(voice) => <VoiceStateTag voice={voice} />} />
        <Column source="sample" disableSort render={(voice) => <SampleCell voice={voice} />} />
        <Column source="enabled" disableSort render={(voice) => <OfferSwitch voice={voice} />} />
      </DataTable>
    </ConsoleList>
  )
}
