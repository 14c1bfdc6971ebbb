import { useQuery } from '@tanstack/react-query'
import { useTranslate } from 'react-admin'
import { request } from '../request.ts'

/** Which installation this is, so that nobody stops an episode in the wrong one. */
export function EnvironmentTag() {
  const t = useTranslate()
  const { data } = useQuery({
    queryKey: ['config'],
    queryFn: async () => (await request('/config')) as { environment: string },
    staleTime: Infinity,
    retry: false,
  })
  if (!data) return null
  return <span className="meta wide environment">{t(`console.environment.${data.environment}`, { _: data.environment })}</span>
}
