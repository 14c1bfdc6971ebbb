export const enter = {
  forgot: 'Forgot your password?',
  forgotSend: 'Send a link',
  forgotSent: 'If that e-mail has an account, the mail is on its way.',
  back: 'Back to sign-in',
  checkMail: 'A mail is on its way to you. Follow its link, then sign in.',
  mustVerify: 'Confirm your e-mail first: follow the link in the mail.',
  codeAsk: 'The six digits in the app, or a backup code',
  codeWrong: 'That number isn’t right; perhaps there’s a newer one.',
  with: 'Sign in with {{name}}',
  wrongPassword: 'That isn’t the password.',
  confirm: 'Confirm',
}
