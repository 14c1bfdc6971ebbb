/** Characters whose reading the words around them decide, where the dictionary sees too little. Later rules win. */
const RULES: readonly [pattern: RegExp, pinyin: string][] = [
  // 跑得很快, 长得高: how something is done.
  [
    /(?<![获取赢所心夺博难不舍])得(?=[很太真更最好快慢高大远像多对]|非常|不错|不好|不够|[见清懂住动](?!得)|特别|十分|比较|越来越|有点|这么|那么)/g,
    'de5',
  ],
  // 你得早点来: must. Not 他得了奖.
  [
    /(?<=[我你您他她它们就还都必总可只也又])得(?=[早快先去来把给多赶做说再看等找学用靠从在有好]|注意|认真|考虑|准备|努力)/g,
    'dei3',
  ],
  // 还书, 还钱, 还给: give back.
  [/还(?=[书钱款债贷账给]|清(?![楚醒晰])|不起|不上)/g, 'huan2'],
  // 长得: grows to be; 长得多 is longer.
  [/(?<![很更最])长(?=得(?!多))/g, 'zhang3'],
  [/长(?=长[了高大])/g, 'zhang3'],
  // 数一数, 数不清: to count.
  [/数(?=[一了]数|不清|不尽|[一二三四五六七八九十]下)|(?<=数[一了])数/g, 'shu3'],
  // Family names.
  [/(?<=姓)单/g, 'shan4'],
  [/(?<=姓)曾/g, 'zeng1'],
  [/(?<=姓)查/g, 'zha1'],
  [/(?<=姓)解/g, 'xie4'],
  [/(?<=姓)任/g, 'ren2'],
  [/(?<=姓)华/g, 'hua4'],
  [/(?<=姓)仇/g, 'qiu2'],
  [/(?<=姓)朴/g, 'piao2'],
  [/(?<=姓)区/g, 'ou1'],
]

/** Readings by context: for each character found, where it stands and how it is read. */
export function contextReadings(text: string): { at: number; pinyin: string }[] {
  return RULES.flatMap(([pattern, pinyin]) => [...text.matchAll(pattern)].map(({ index }) => ({ at: index, pinyin })))
}
