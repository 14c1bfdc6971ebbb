/** The pages one can go to from anywhere. */
export const pages = [
  { path: '/new', name: 'new' },
  { path: '/library', name: 'library' },
  { path: '/shows', name: 'shows' },
  { path: '/voices', name: 'voices' },
  { path: '/usage', name: 'usage' },
] as const

/** The page a place belongs to: an episode lives in the library, the start is "new". */
export function pageOf(place: string) {
  if (place === '/') return '/new'
  if (place.startsWith('/episodes/')) return '/library'
  return pages.find(({ path }) => place === path || place.startsWith(`${path}/`))?.path ?? null
}
