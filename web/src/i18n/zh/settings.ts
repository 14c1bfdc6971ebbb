/** What is chosen for a device rather than an account. */
export const settings = {
  look: '界面和读法',
  zh: '中文',
  en: 'English',
  words: '容易念错的词怎么念，写在这里。',
  openWords: '打开读法',
  install: '装到这台设备',
  installText: '像应用一样从桌面打开，没有网络也能听存下的。',
  installNow: '安装',
  installByHand: '在浏览器里点“分享”，再选“添加到主屏幕”。',
  /** 在哪里登录，例如“Chrome，Windows”。 */
  on: '{{browser}}，{{system}}',
  scanQr: '用验证器扫这个码，或者输入下面的密钥：',
  qr: '两步验证的二维码',
}
