import type { BrowserContextOptions } from 'playwright-core'

const sizes = {
  '390': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  '1440': { viewport: { width: 1440, height: 900 } },
}
const locales = { zh: 'zh-CN', en: 'en-US' }

/** One way to look at the app. */
export interface Look {
  name: string
  size: keyof typeof sizes
  language: 'zh' | 'en'
  options: BrowserContextOptions
}

/** Phone and desktop, Chinese and English, light and dark. */
export const looks: Look[] = (['390', '1440'] as const).flatMap((size) =>
  (['zh', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      name: `${size}-${language}-${colorScheme}`,
      size,
      language,
      // Moving things would make every picture another one.
      options: {
        ...sizes[size],
        locale: locales[language],
        timezoneId: 'Asia/Shanghai',
        colorScheme,
        reducedMotion: 'reduce' as const,
      },
    })),
  ),
)
