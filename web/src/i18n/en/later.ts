import { edit } from './edit.ts'
import { listen } from './listen.ts'
import { money } from './money.ts'
import { player } from './player.ts'

/** What only pages say that are not the first one somebody sees. */
export const words = { edit, listen, money, player }
