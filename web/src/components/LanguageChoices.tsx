import type { Language } from '../lib/types.ts'
import { Choices } from './MenuItems.tsx'

interface LanguageChoicesProps {
  chosen: Language
  onChoose: (language: Language) => void
}

const languages = [
  { value: 'zh', words: <span lang="zh-CN">中文</span> },
  { value: 'en', words: <span lang="en">English</span> },
] as const

/** Each language in its own words: one must find the way back. */
export const LanguageChoices = ({ chosen, onChoose }: LanguageChoicesProps) => (
  <Choices options={languages} chosen={chosen} onChoose={onChoose} />
)
