import type { Words } from '../words.ts'
import type { player as zh } from '../zh/player.ts'

export const player: Words<typeof zh> = {
  label: 'Player',
  play: 'Play (space)',
  pause: 'Pause (space)',
  back: 'Back 15 seconds (J)',
  forward: 'Forward 30 seconds (L)',
  speed: 'Speed',
  seek: 'Tape, choose where to play',
  about: 'about {{time}}',
  says: '{{name}}: {{words}}',
  at: '{{time}}, {{name}}',
  notYet: 'No sound yet; you can listen once the first line is voiced',
  trouble: 'The sound didn’t come through.',
  again: 'Try again',
}
