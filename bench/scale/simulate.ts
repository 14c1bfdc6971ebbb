// npm run simulate: what so many people need and cost, from measured unit costs (unit-costs.json) and stated assumptions (assumptions.ts), and what breaks first.
// npm run simulate -- --check: makes a share of each row's month for real with made-up providers, and prints how far the forecast is off.
import { checkAgainstReality } from './check.ts'
import { STAGES, report } from './report.ts'
import { readUnitCosts } from './unit-costs.ts'

const units = readUnitCosts()
console.log(report(units))
if (process.argv.includes('--check')) await checkAgainstReality(units, STAGES)
