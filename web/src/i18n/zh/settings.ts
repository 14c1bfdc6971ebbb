/** What is chosen for a device rather than an account. */
export const settings = {
  look: '界面和读法',
  zh: '中文',
  en: 'English',
  words: '容易念错的词怎么念，写在这里。',
  openWords: '打开读法',
  /** 在哪里登录，例如“Chrome，Windows”。 */
  on: '{{browser}}，{{system}}',
  scanQr: '用验证器扫这个码，或者输入下面的密钥：',
  qr: '两步验证的二维码',
}
