// npm run faults -- --kills 1000: the long run of tests/faults/crash.test.ts, with its table. Ends with 1 when something is not as it must be.
import { parseArgs } from 'node:util'
import { killTable } from '../tests/faults/kill-table.ts'
import { runKills } from '../tests/faults/kill-run.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '90' }, port: { type: 'string', default: '18500' } },
})
const run = await runKills(Number(values.port), Number(values.kills), (text) => console.log(`faults: ${text}`))
const { rows, summary } = killTable(run)
console.table(rows)
console.log(summary)
for (const fault of run.verdict.faults) console.error(`FAULT  ${fault}`)
process.exit(run.verdict.faults.length === 0 ? 0 : 1)
