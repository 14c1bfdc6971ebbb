import type { Words } from '../words.ts'
import type { problems as zh } from '../zh/problems.ts'

export const problems: Words<typeof zh> = {
  noConnection: 'The server couldn’t be reached. What you typed is kept; press again when the network is back.',
  internal: 'The server had a problem; you weren’t charged. What you typed is kept; try again later. Number {{id}}.',
  unavailable: 'The server is too busy; you weren’t charged. What you typed is kept; try again in a moment.',
  tooManyRequests_one: 'That was too fast. Try again in {{count}} second.',
  tooManyRequests_other: 'That was too fast. Try again in {{count}} seconds.',
  tooLarge: 'The text is too long for one episode. Shorten it, or make several.',
  nothingToSay: 'There’s no sentence here that can be spoken. Put in a text with words.',
  unknownVoice: 'That voice isn’t there any more. Choose another.',
  unknownSpeaker: 'The names in the script don’t match, or there are more than six. Check them, or treat it as plain text.',
  scriptUnreadable: 'The script can’t be read: write each line as “name: words”. Change it, or treat it as plain text.',
  sourceKindUnavailable: 'Such a source can’t be read yet. Paste the text instead.',
  sourceUnreadable: 'One of the sources can’t be read; nothing was ordered or charged. Take it out, or paste the text itself.',
  urlRefused: 'That link isn’t the address of a public page, so it wasn’t read. Check it, or paste the text itself.',
  uploadMissing: 'The file didn’t arrive whole, or is gone by now. Send it again.',
  keyReused: 'That order was already placed. Look in the library, or change a word and make it again.',
  revisionConflict: 'The script was just changed elsewhere and has been refreshed. What you typed is still here; save it again.',
  wrongState: 'This episode just changed; it has been refreshed.',
  overPlan:
    'This could cost more than your plan has left this month; nothing was ordered or charged. Set a limit for it, make it shorter, choose a cheaper voice, or ask an admin for a larger plan.',
  budgetTooLow: 'That limit is too low: more is spent already, or it’s waiting for a higher one. Give it more.',
  forbidden: 'This account may not do that.',
  suspended: 'This account is suspended; nothing was changed. Ask an admin.',
  noSample: 'There’s no sample of this voice yet. Try another, or just use it.',
  webhookRefused: 'That address can’t be used: it has to be https, on the open internet.',
  notFound: 'Not found; it may have been deleted.',
  other: 'That didn’t work: {{detail}}',
}
