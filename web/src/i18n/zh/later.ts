import { account } from './account.ts'
import { edit } from './edit.ts'
import { listen } from './listen.ts'
import { money } from './money.ts'
import { player } from './player.ts'
import { pronunciation } from './pronunciation.ts'
import { settings } from './settings.ts'
import { sharing } from './sharing.ts'

/** What only pages say that are not the first one somebody sees. */
export const words = { account, edit, listen, money, player, pronunciation, settings, sharing }
