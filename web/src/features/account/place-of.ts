// The first that fits: what comes later says it is what comes before as well.
const browsers = { Edg: 'Edge', OPR: 'Opera', MicroMessenger: 'WeChat', Firefox: 'Firefox', Chrome: 'Chrome', Safari: 'Safari' }
const systems = {
  iPhone: 'iPhone',
  iPad: 'iPad',
  Android: 'Android',
  Windows: 'Windows',
  Macintosh: 'macOS',
  CrOS: 'ChromeOS',
  Linux: 'Linux',
}

const firstIn = (names: Record<string, string>, userAgent: string) =>
  Object.entries(names).find(([mark]) => userAgent.includes(mark))?.[1]

/** Which browser on which system somebody is signed in with, as far as it says so; undefined for programs. */
export function placeOf(userAgent: string): { browser: string; system: string } | undefined {
  const [browser, system] = [firstIn(browsers, userAgent), firstIn(systems, userAgent)]
  return browser && system ? { browser, system } : undefined
}
