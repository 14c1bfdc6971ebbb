import english from 'ra-language-english'
import type { Words } from '../words.ts'
import { console } from './console.ts'
import { operations } from './operations.ts'
import { resources } from './resources.ts'

const ra = {
  ...english.ra,
  action: { ...english.ra.action, refresh: 'Refresh', toggle_theme: 'Light or dark' },
  navigation: { ...english.ra.navigation, no_filtered_results: 'Nothing matches these filters.', no_results: 'Nothing found.' },
  auth: { ...english.ra.auth, user_menu: 'Account', logout: 'Sign out' },
}

export const messages: Words = { ra, console: { ...console, ...operations }, resources }
