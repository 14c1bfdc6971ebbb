// The list before launch: looks at the real environment, line by line, and says how to mend what is not right.
//   npm run doctor                           settings from the environment (also: doppler run -- npm run doctor)
//   npm run doctor -- --without backups      leaves a line out
//   npm run doctor -- --run .data/run.json   looks at what `npm start` runs
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { refuse, runList } from './checklist/program.ts'
import { doctorsList } from './doctor/list.ts'
import type { RunFile } from './launcher/run-file.ts'

const { values } = parseArgs({ options: { without: { type: 'string', multiple: true, default: [] }, run: { type: 'string' } } })

if (values.run && !existsSync(values.run)) refuse(`${values.run} is not there: start the product first, or name its run.json`)
else {
  const running = values.run ? (JSON.parse(readFileSync(values.run, 'utf8')) as RunFile).settings : {}
  const env = { ...process.env, ...running }
  await runList('Before launch', doctorsList(env, join(import.meta.dirname, '..')), values.without, env)
}
