import { expect, it } from 'vitest'
import { usageCsv } from './usage-csv.ts'

it('writes a row a day, service and step, to the micro-dollar, and no formulas', () => {
  const parts = [
    { provider: 'openai', step: 'speech', calls: 3, costMicroUsd: 1_234_567 },
    { provider: '=evil, "quoted"', step: 'script', calls: 1, costMicroUsd: 5 },
  ]
  const csv = usageCsv([{ key: '2026-11-02', name: null, calls: 4, unknownCalls: 0, costMicroUsd: 1_234_572, parts }])
  expect(csv.split('\r\n')).toEqual([
    '\uFEFFday,provider,step,calls,cost_usd',
    '2026-11-02,openai,speech,3,1.234567',
    `2026-11-02,"'=evil, ""quoted""",script,1,0.000005`,
    '',
  ])
})
