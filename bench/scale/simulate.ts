// npm run simulate: what so many people need and cost, from measured unit costs (unit-costs.json) and stated assumptions (assumptions.ts), and what breaks first.
// npm run simulate -- --check: makes a share of each row's month for real with made-up providers, and prints how far the forecast is off.
// npm run simulate -- --write: puts the forecast into docs/scale-and-cost.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkAgainstReality } from './check.ts'
import { STAGES, report } from './report.ts'
import { readUnitCosts } from './unit-costs.ts'

const paper = join(import.meta.dirname, '../../docs/scale-and-cost.md')
const [FROM, TO] = ['## The forecast\n', '\n## How a worker grows']

const units = readUnitCosts()
console.log(report(units))
if (process.argv.includes('--write')) {
  const text = readFileSync(paper, 'utf8')
  const [before, after] = [text.slice(0, text.indexOf(FROM) + FROM.length), text.slice(text.indexOf(TO))]
  writeFileSync(paper, `${before}\n${report(units)}\n${after}`)
}
if (process.argv.includes('--check')) await checkAgainstReality(units, STAGES)
