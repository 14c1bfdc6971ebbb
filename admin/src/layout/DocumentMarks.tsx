import { useTheme } from '@mui/material/styles'
import { useLayoutEffect } from 'react'
import { useLocale } from 'react-admin'

/** Tells the document what MUI and react-admin know: the tokens follow `data-theme`, fonts and screen readers `lang`. */
export function DocumentMarks() {
  const { mode } = useTheme().palette
  const locale = useLocale()
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = mode
    document.documentElement.lang = locale === 'en' ? 'en' : 'zh-CN'
  }, [mode, locale])
  return null
}
