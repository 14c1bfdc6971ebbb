import type { Language } from '../lib/types.ts'
import { Choice } from './MenuItems.tsx'

interface LanguageChoicesProps {
  chosen: Language
  onChoose: (language: Language) => void
}

/** Each language in its own words: one must find the way back. */
export const LanguageChoices = ({ chosen, onChoose }: LanguageChoicesProps) => (
  <>
    <Choice value="zh" chosen={chosen} onChoose={onChoose}>
      <span lang="zh-CN">中文</span>
    </Choice>
    <Choice value="en" chosen={chosen} onChoose={onChoose}>
      <span lang="en">English</span>
    </Choice>
  </>
)
