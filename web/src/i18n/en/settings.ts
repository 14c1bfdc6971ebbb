import type { Words } from '../words.ts'
import type { settings as zh } from '../zh/settings.ts'

export const settings: Words<typeof zh> = {
  look: 'Look and pronunciation',
  zh: '中文',
  en: 'English',
  words: 'Teach the voices what they often get wrong.',
  openWords: 'Open the word list',
  install: 'Install on this device',
  installText: 'It opens like any other app, and what you saved plays without a connection.',
  installNow: 'Install',
  installByHand: 'Tap Share in your browser, then choose “Add to Home Screen”.',
  on: '{{browser}} on {{system}}',
  scanQr: 'Scan this with your authenticator app, or type the key below:',
  qr: 'QR code for two-factor sign-in',
}
