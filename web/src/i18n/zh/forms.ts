/** What is wrong with a field, said beneath it: the rules are the API's own. */
export const forms = {
  needed: '这里要填。',
  tooShort: '太短：至少 {{least}} 个字符。',
  tooLong: '太长：最多 {{most}} 个字符。',
  badForm: '格式不对，检查一下。',
  tooSmall: '太小：至少 {{least}}。',
  tooLarge: '太大：最多 {{most}}。',
  choose: '至少选一项。',
  bad: '这里不对，检查一下。',
}
