import { useListContext, useTranslate } from 'react-admin'

/** A table whose filters match nothing. react-admin's own loses its button on a phone. */
export function NothingFound() {
  const t = useTranslate()
  const { resource, setFilters } = useListContext()
  return (
    <p className="nothing-found">
      {t('ra.navigation.no_filtered_results', { name: t(`resources.${resource}.name`) })}
      <button type="button" className="button" onClick={() => setFilters({}, [])}>
        {t('ra.navigation.clear_filters')}
      </button>
    </p>
  )
}
