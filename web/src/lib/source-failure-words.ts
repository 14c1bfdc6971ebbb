import { useTranslation } from '../i18n/translation.ts'

const codes = {
  'url-malformed': 'badUrl',
  'url-scheme': 'badUrl',
  'url-credentials': 'badUrl',
  'url-port': 'insideUrl',
  'url-address': 'insideUrl',
  'url-unreachable': 'unreachable',
  'url-timeout': 'unreachable',
  'url-redirects': 'badPage',
  'url-headers': 'badPage',
  'url-encoding': 'badPage',
  'url-status': 'status',
  'url-too-large': 'tooLarge',
  'file-unknown': 'unknown',
  'file-gone': 'gone',
  'file-empty': 'empty',
  'file-damaged': 'damaged',
  'file-encrypted': 'encrypted',
  'file-scanned': 'scanned',
  'file-bomb': 'unsafe',
  'file-entities': 'unsafe',
  'file-timeout': 'tooLarge',
  'file-memory': 'tooLarge',
  'source-too-long': 'tooLong',
  'nothing-to-say': 'noWords',
  nothing_to_say: 'noWords',
  'search-failed': 'search',
} as const

const isKnown = (code: string): code is keyof typeof codes => Object.hasOwn(codes, code)

/** Why a source could not be read and what to do, in the words of the house; null for what is another failure. */
export function useSourceFailureWords() {
  const { t } = useTranslation()
  return (failure: { code: string; detail: string } | null): string | null =>
    failure && isKnown(failure.code) ? t(`source.failed.${codes[failure.code]}`, { detail: failure.detail }) : null
}
