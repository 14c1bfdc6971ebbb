import type { OwnUsage } from '../../lib/types.ts'

const columns = ['day', 'provider', 'step', 'calls', 'cost_usd']

function cell(value: string | number): string {
  // A spreadsheet takes what begins so for a formula.
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Days, services and cents as a table for spreadsheets (RFC 4180, with the mark by which they know UTF-8). */
export function usageCsv(items: OwnUsage['items']): string {
  const rows = items.flatMap(({ key, parts }) =>
    parts.map(({ provider, step, calls, costMicroUsd }) => [key, provider, step, calls, (costMicroUsd / 1_000_000).toFixed(6)]),
  )
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
