import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { firstToBreak, forecast } from '../bench/scale/model.ts'
import { STAGES, report } from '../bench/scale/report.ts'
import { costOfLoad, readUnitCosts } from '../bench/scale/unit-costs.ts'

const units = readUnitCosts()

it('the paper shows what the simulator prints', () => {
  expect(readFileSync('docs/scale-and-cost.md', 'utf8')).toContain(report(units))
})

it('every figure was measured: none is missing, none below nothing', () => {
  const figures = (value: unknown): number[] =>
    typeof value === 'number' ? [value] : Object.values(value ?? [Number.NaN]).flatMap(figures)
  for (const figure of figures({ ...units, measuredOn: 0 })) expect(figure).toBeGreaterThanOrEqual(0)
  for (const name of ['workerCpuMs', 'databaseRows', 'databaseBytes', 'objects', 'objectBytes', 'soundSeconds'] as const)
    expect(units.perLine[name], name).toBeGreaterThan(0)
  expect(units.perLine.providerCalls).toBe(1)
})

it('more people never need less, and ten times the lines cost ten times as much', () => {
  const rows = STAGES.map((users) => forecast(units, users))
  for (const name of ['machines', 'databaseGb', 'objectGb', 'callsInFlight', 'hostingUsd', 'voicesUsd'] as const) {
    const values = rows.map((row) => row[name])
    expect(values, name).toEqual(values.toSorted((a, b) => a - b))
  }
  const [few, many] = [costOfLoad(units, { episodes: 1, lines: 10 }), costOfLoad(units, { episodes: 10, lines: 100 })]
  expect(many.databaseBytes / few.databaseBytes).toBeCloseTo(10)
})

it('what would break first comes first, and where it breaks the forecast is at its bound', () => {
  const bounds = firstToBreak(units)
  expect(bounds.length).toBeGreaterThanOrEqual(3)
  const users = bounds.map((bound) => bound.users)
  expect(users).toEqual(users.toSorted((a, b) => a - b))
  const calls = bounds.find(({ what }) => what.startsWith('calls at once'))!
  expect(forecast(units, calls.users).callsInFlight).toBeCloseTo(15, 0)
})
