import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const maxLogBytes = 10 * 1024 * 1024
const tailBytes = 64 * 1024

/** Where a process's output goes. */
export const logFile = (dataDirectory: string, name: string) => join(dataDirectory, 'logs', `${name}.log`)

/** Opens a log for appending. One that has grown beyond 10 MB is kept as the single older one, so two are the most there are. */
export function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > maxLogBytes) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}

/** The last lines of a log; empty when there is none. */
export function lastLines(path: string, count: number): string[] {
  if (!existsSync(path)) return []
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  const bytes = Buffer.alloc(Math.min(size, tailBytes))
  readSync(file, bytes, 0, bytes.length, size - bytes.length)
  closeSync(file)
  return bytes.toString('utf8').trimEnd().split('\n').slice(-count)
}
