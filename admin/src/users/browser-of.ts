const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['WeChat', /MicroMessenger\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const
const systems = [
  ['iOS', /\b(?:iPhone|iPad)\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const

/** A browser and its system in two words; what is neither is called what it calls itself. */
export function browserOf(userAgent: string | null): string {
  if (!userAgent) return '—'
  const found = [browsers, systems].flatMap((kinds) => kinds.find(([, mark]) => mark.test(userAgent))?.[0] ?? [])
  return found.length > 0 ? found.join(', ') : userAgent.slice(0, 40)
}
