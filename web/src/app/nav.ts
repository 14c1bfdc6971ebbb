/** The pages one can go to from anywhere. Others join when they exist. */
export const pages = [
  { path: '/new', name: 'new' },
  { path: '/library', name: 'library' },
  { path: '/usage', name: 'usage' },
] as const

/** The page a place belongs to: an episode lives in the library, the start is "new". */
export function pageOf(place: string) {
  if (place === '/' || place === '/new') return '/new'
  if (place === '/usage') return '/usage'
  return place === '/library' || place.startsWith('/episodes/') ? '/library' : null
}
