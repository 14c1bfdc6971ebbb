import type { Words } from '../words.ts'
import type { settings as zh } from '../zh/settings.ts'

export const settings: Words<typeof zh> = {
  look: 'Look and pronunciation',
  zh: '中文',
  en: 'English',
  words: 'How words are said that voices often get wrong.',
  openWords: 'Open the word list',
  on: '{{browser}} on {{system}}',
  scanQr: 'Scan this with your authenticator app, or type the key below:',
  qr: 'QR code for two-factor sign-in',
}
