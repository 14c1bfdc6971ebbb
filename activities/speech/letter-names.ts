// In the symbols of the neural voice. espeak-ng takes a lone A for the article.
const NAMES: Record<string, string> = {
  A: 'ˈA', B: 'bˈi', C: 'sˈi', D: 'dˈi', E: 'ˈi', F: 'ˈɛf', G: 'ʤˈi', H: 'ˈAʧ', I: 'ˈI', J: 'ʤˈA', K: 'kˈA', L: 'ˈɛl', M: 'ˈɛm', N: 'ˈɛn',
  O: 'ˈO', P: 'pˈi', Q: 'kjˈu', R: 'ˈɑɹ', S: 'ˈɛs', T: 'tˈi', U: 'jˈu', V: 'vˈi', W: 'dˈʌbᵊlju', X: 'ˈɛks', Y: 'wˈI', Z: 'zˈi',
} // prettier-ignore

/** Capital letters that stand alone, in a stretch of Latin words: every second piece of the split. */
export const LONE_LETTERS = /((?<!\S)[A-Z](?:\s+[A-Z])*(?!\S))/

/** The symbols of letters said one by one. */
export const letterNames = (letters: string): string => [...letters].flatMap((letter) => NAMES[letter] ?? []).join(' ')
