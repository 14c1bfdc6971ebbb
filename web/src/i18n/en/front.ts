import type { Words } from '../words.ts'
import type { front as zh } from '../zh/front.ts'

export const front: Words<typeof zh> = {
  title: 'Too long to read?|Hear it out.',
  lead: 'Put in a text or a finished script; it becomes a podcast, or is read aloud. You listen within seconds, while the rest is still being made.',
  demo: 'Try it now',
  demoNote: 'One click into the demo account, no sign-up.',
  placeholder: 'You can start here: paste a text or a script',
  kept: 'What you type now will still be here after you sign in.',
  box: 'What would you like to hear',
  account: 'Use your own account',
  signIn: 'Sign in',
  signUp: 'Sign up',
  toSignUp: 'No account yet? Sign up',
  toSignIn: 'Have an account? Sign in',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters',
  ended: 'You were signed out elsewhere. Your draft is kept; sign in to go on.',
  demoOff: 'There’s no demo account here. Sign in or sign up by e-mail.',
  wrongPassword: 'The e-mail or the password doesn’t match. Check them and try again.',
  emailTaken: 'That e-mail already has an account. Sign in instead.',
  passwordShort: 'That password is too short: at least 8 characters.',
  passwordLong: 'That password is too long: at most 128 characters.',
  emailBad: 'That doesn’t look like an e-mail address. Check it and try again.',
}
