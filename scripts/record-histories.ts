// npm run histories: plays every branch of an episode's life on a real Temporal server and keeps what it recorded,
// so that workflows/replay.test.ts can hold the code to it. Run it when a change is meant to change the order of work.
// With names behind it (`npm run histories -- reconciled`) only these are recorded, and the others stay.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { Stage } from '../workflows/rehearsal/stage.ts'
import { historiesFolder, historyText, isEarlier } from '../workflows/rehearsal/histories.ts'
import { stories } from '../workflows/rehearsal/stories.ts'
import { cacheDirectory } from './launcher/folders.ts'
import { findPrograms } from './servers/programs.ts'
import { servers } from './servers/table.ts'

const news = (text: string) => console.log(`aimake: ${text}`)

async function temporalProgram(): Promise<string | undefined> {
  const temporal = servers.filter(({ name }) => name === 'temporal')
  return process.env.TEMPORAL_CLI_PATH || (await findPrograms(temporal, { cache: cacheDirectory(process.env), news }))['temporal']
}

const stage = await Stage.open(await temporalProgram())
try {
  const recorded = new Map<string, string>()
  const wanted = process.argv.slice(2)
  for (const [name, tell] of Object.entries(stories).filter(([story]) => wanted.length === 0 || wanted.includes(story))) {
    const { handle } = await tell(stage)
    recorded.set(`${name}.json`, await historyText(handle))
    news(`recorded ${name}`)
  }
  // Only now that every branch was told to its end: a broken run leaves the old histories in place.
  mkdirSync(historiesFolder, { recursive: true })
  for (const file of wanted.length > 0 ? [] : readdirSync(historiesFolder))
    if (file.endsWith('.json') && !isEarlier(file)) rmSync(new URL(file, historiesFolder))
  for (const [file, text] of recorded) writeFileSync(new URL(file, historiesFolder), text)
} finally {
  await stage.close()
}
