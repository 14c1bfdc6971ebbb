import { useTranslation } from '../i18n/translation.ts'
import type { Wrong } from './wrong.ts'

/** Says what is wrong with a field, in the words of the house. */
export function useWrongWords() {
  const { t } = useTranslation()
  return ({ keyword, params }: Wrong): string => {
    const limit = Number(params['limit'])
    if (keyword === 'required' || (keyword === 'minLength' && limit === 1)) return t('forms.needed')
    if (keyword === 'minLength') return t('forms.tooShort', { least: limit })
    if (keyword === 'maxLength') return t('forms.tooLong', { most: limit })
    if (keyword === 'format' || keyword === 'pattern') return t('forms.badForm')
    if (keyword === 'minimum') return t('forms.tooSmall', { least: limit })
    if (keyword === 'maximum') return t('forms.tooLarge', { most: limit })
    if (keyword === 'minItems' || keyword === 'enum') return t('forms.choose')
    return t('forms.bad')
  }
}
