import { people, services } from './assumptions.ts'
import { firstToBreak, forecast } from './model.ts'
import type { Forecast } from './model.ts'
import type { UnitCosts } from './unit-costs.ts'

export const STAGES = [100, 1_000, 5_000, 100_000, 1_000_000]

/** The forecast in words and Markdown, as it stands in docs/scale-and-cost.md. */
export function report(units: UnitCosts): string {
  const { cpu, cores, node, day } = units.measuredOn
  const rows = STAGES.map((users) => forecast(units, users))
  return [
    `Measured on ${cores} cores of ${cpu}, Node ${node}, ${day}. A user makes ${(people.makersShare * people.episodesPerMaker).toFixed(1)} episodes of`,
    `${people.minutesPerEpisode} minutes a month on the average; each is heard ${people.listensPerEpisode} times. The busiest hour has 1/${(1 / people.busiestHourShare).toFixed(0)} of a month.`,
    ...table('What it takes', rows, {
      'episodes a month': ({ load }) => round(load.episodes),
      'lines a second': ({ linesPerSecond }) => round(linesPerSecond),
      'calls in flight': ({ callsInFlight }) => round(callsInFlight),
      doors: ({ apiProcesses }) => String(apiProcesses),
      workers: ({ workerProcesses }) => String(workerProcesses),
      'machines of 2 cores': ({ machines }) => String(machines),
      'database cores': ({ cores: used }) => round(used.database),
      'database after a year, GB': ({ databaseGb }) => round(databaseGb),
      'objects after a year, GB': ({ objectGb }) => round(objectGb),
      'hosting, $ a month': ({ hostingUsd }) => round(hostingUsd),
      'founding plan, $': ({ founding }) => founding,
      'voices and models, $ a month': ({ voicesUsd }) => round(voicesUsd),
    }),
    ...table('Hosting, $ a month', rows, hostingColumns()),
    '',
    '### What would break first',
    '',
    ...firstToBreak(units).map(
      ({ what, users, because, remedy }, index) =>
        `${index + 1}. **${what}**: at ${round(users)} users (${because}). Then: ${remedy}.`,
    ),
  ].join('\n')
}

function hostingColumns() {
  const names = ['machines', ...Object.keys(services)] as (keyof Forecast['usd'])[]
  return Object.fromEntries(names.map((name) => [spaced(name), ({ usd }: Forecast) => round(usd[name])]))
}

/** `storageReads` -> `storage reads`. */
const spaced = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A row a stage. */
function table(title: string, forecasts: Forecast[], columns: Record<string, (row: Forecast) => string>): string[] {
  const names = Object.keys(columns)
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    '',
    `### ${title}`,
    '',
    row(['users', ...names]),
    row(['---:', ...names.map(() => '---:')]),
    ...forecasts.map((one) => row([grouped(one.users), ...names.map((name) => columns[name]!(one))])),
  ]
}

/** Two figures are as much as a forecast knows. */
function round(value: number): string {
  return grouped(Number(value.toPrecision(2)))
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 })
}
