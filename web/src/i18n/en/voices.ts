import type { Words } from '../words.ts'
import type { voices as zh } from '../zh/voices.ts'

export const voices: Words<typeof zh> = {
  lead: 'Listening costs nothing. Prices are for what is read out.',
  locked: 'Not switched on',
  lockedText: 'These voices need a key from their provider. Set it where AIMake runs and start again to choose them.',
  needsKey: 'needs {{key}}',
  hear: 'Hear {{name}}',
  stop: 'Stop {{name}}',
  making: 'Getting {{name}} ready to hear; press to cancel',
  noSample: 'No sample of {{name}} yet',
  noSampleYet: 'no sample yet',
  localPreview: 'local preview',
  localNeural: 'local neural voice',
  thisMachine: 'This machine',
  free: 'free',
  perThousand: '{{money}} / 1,000 characters',
  trouble: 'The voices didn’t load. You can go on without choosing; the usual ones are taken.',
  female: 'female',
  male: 'male',
}
