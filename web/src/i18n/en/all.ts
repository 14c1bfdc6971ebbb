import { account } from './account.ts'
import { edit } from './edit.ts'
import { episode } from './episode.ts'
import { front } from './front.ts'
import { library } from './library.ts'
import { money } from './money.ts'
import { make } from './new.ts'
import { player } from './player.ts'
import { problems } from './problems.ts'
import { pronunciation } from './pronunciation.ts'
import { settings } from './settings.ts'
import { sharing } from './sharing.ts'
import { shell } from './shell.ts'
import { source } from './source.ts'
import { voices } from './voices.ts'

export const words = {
  account,
  shell,
  front,
  make,
  edit,
  episode,
  library,
  money,
  player,
  problems,
  pronunciation,
  settings,
  sharing,
  source,
  voices,
}
