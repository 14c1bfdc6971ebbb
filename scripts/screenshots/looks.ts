import type { BrowserContextOptions } from 'playwright-core'

/** One way to look at the app. */
export interface Look {
  name: string
  language: 'zh' | 'en'
  options: BrowserContextOptions
}

const sizes = {
  '390': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  '1440': { viewport: { width: 1440, height: 900 } },
}
const locales = { zh: 'zh-CN', en: 'en-US' }

/** Phone and desktop, Chinese and English, light and dark. */
export const looks: Look[] = Object.entries(sizes).flatMap(([width, size]) =>
  (['zh', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      name: `${width}-${language}-${colorScheme}`,
      language,
      // Moving things would make every picture another one.
      options: { ...size, locale: locales[language], timezoneId: 'Asia/Shanghai', colorScheme, reducedMotion: 'reduce' as const },
    })),
  ),
)
