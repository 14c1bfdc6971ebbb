import { enter } from './enter.ts'
import { episode } from './episode.ts'
import { forms } from './forms.ts'
import { front } from './front.ts'
import { library } from './library.ts'
import { make } from './new.ts'
import { problems } from './problems.ts'
import { shell } from './shell.ts'
import { source } from './source.ts'
import { voices } from './voices.ts'

export const words = {
  enter,
  shell,
  forms,
  front,
  make,
  episode,
  library,
  problems,
  source,
  voices,
}
