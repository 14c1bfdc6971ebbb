/**
 * Pinyin as the neural voice was taught to read it: the symbols of its vocabulary (the table is that of misaki, Apache-2.0, in its scheme for
 * version 1.0 of the model). `|` stands where the tone mark goes; without it the tone comes last.
 */
const INITIALS: Record<string, string> = {
  b: 'p', c: 'ʦʰ', ch: 'ꭧʰ', d: 't', f: 'f', g: 'k', h: 'x', j: 'ʨ', k: 'kʰ', l: 'l', m: 'm',
  n: 'n', p: 'pʰ', q: 'ʨʰ', r: 'ɻ', s: 's', sh: 'ʂ', t: 'tʰ', x: 'ɕ', z: 'ʦ', zh: 'ꭧ',
} // prettier-ignore
const FINALS: Record<string, string> = {
  a: 'a', ai: 'ai', an: 'a|n', ang: 'a|ŋ', ao: 'au', e: 'ɤ', ei: 'ei', en: 'ə|n', eng: 'ə|ŋ', i: 'i', ia: 'ja',
  ian: 'jɛ|n', iang: 'ja|ŋ', iao: 'jau', ie: 'je', in: 'i|n', ing: 'i|ŋ', iong: 'jʊ|ŋ', iu: 'jou', o: 'wo', ong: 'ʊ|ŋ',
  ou: 'ou', u: 'u', ua: 'wa', uai: 'wai', uan: 'wa|n', uang: 'wa|ŋ', ueng: 'wə|ŋ', ui: 'wei', un: 'wə|n', uo: 'wo',
  ü: 'y', üan: 'ɥɛ|n', üe: 'ɥe', ün: 'y|n',
} // prettier-ignore
const WHOLE: Record<string, string> = {
  er: 'ɚ',
  ê: 'ɛ',
  o: 'ɔ',
  io: 'jɔ',
  yo: 'jɔ',
  m: 'm',
  n: 'n',
  ng: 'ŋ',
  hm: 'hm',
  hng: 'hŋ',
}
const TONES = ['', '→', '↗', '↓', '↘', '']

/** Spelling that leaves letters out, written in full: `you` is `iu`, `wei` is `ui`, `yuan` is `üan`. */
function finalOf(syllable: string): string {
  if (syllable === 'you') return 'iu'
  if (syllable.startsWith('yo')) return `i${syllable.slice(1)}`
  if (syllable.startsWith('yu')) return `ü${syllable.slice(2)}`
  if (syllable.startsWith('yi')) return syllable.slice(1)
  if (syllable.startsWith('y')) return `i${syllable.slice(1)}`
  const fromW: Record<string, string> = { wu: 'u', wei: 'ui', wen: 'un' }
  return fromW[syllable] ?? `u${syllable.slice(1)}`
}

function parts(syllable: string): [initial: string, final: string] {
  if (/^[yw]/.test(syllable)) return ['', finalOf(syllable)]
  const initial = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcs])?/.exec(syllable)?.[0] ?? ''
  const rest = syllable
    .slice(initial.length)
    .replace('v', 'ü')
    .replace('ue', /^[nl]$/.test(initial) ? 'üe' : 'ue')
  return [initial, /^[jqx]/.test(initial) ? rest.replace(/^u/, 'ü') : rest]
}

/**
 * The symbols of one syllable of pinyin with its tone behind it (`zhong1`, `lv4`, `ma5`; `wanr2` with the retroflex ending).
 * Throws when it is no syllable of Mandarin, so that a wrong table is found by its test and not by ear.
 */
export function mandarinSymbols(pinyin: string): string {
  const [, letters = '', digit = '5'] = /^([a-zêü]+?)([0-5])?$/.exec(pinyin) ?? []
  const isRetroflex = letters.length > 2 && letters.endsWith('r')
  const syllable = isRetroflex ? letters.slice(0, -1) : letters
  const tone = TONES[Number(digit)] ?? ''
  const whole = WHOLE[syllable]
  if (whole) return whole + tone
  const [initial, final] = parts(syllable)
  const isBuzzed = final === 'i' && /^(?:zh|ch|sh|r|z|c|s)$/.test(initial)
  const [vowel, coda = ''] = (isBuzzed ? 'ɨ' : (FINALS[final] ?? '')).split('|')
  if (!vowel) throw new Error(`no syllable of Mandarin: ${pinyin}`)
  // The ending takes the place of -n and -i: 玩儿 is said as if it were wa-r.
  if (isRetroflex)
    return `${INITIALS[initial] ?? ''}${coda === 'n' ? vowel : vowel.replace(/(?<=[ae])i$/, '')}${tone}${coda === 'n' ? '' : coda}ɚ`
  return `${INITIALS[initial] ?? ''}${vowel}${tone}${coda}`
}
