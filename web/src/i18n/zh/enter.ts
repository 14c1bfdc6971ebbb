export const enter = {
  forgot: '忘了密码？',
  forgotSend: '发重设链接',
  forgotSent: '如果这个邮箱有账户，信已经在路上了。',
  back: '返回登录',
  checkMail: '确认信已发到你的邮箱。点里面的链接，再来登录。',
  mustVerify: '先确认邮箱：点确认信里的链接。',
  codeAsk: '验证器里的六位数字，或一个备用码',
  codeWrong: '数字不对，看看是不是换了新的。',
  with: '用 {{name}} 登录',
  wrongPassword: '密码不对。',
  confirm: '确认',
}
