import { readFileSync, readdirSync } from 'node:fs'
import { FAULTS_MARK, temporaryFolder } from './program.ts'

/** Files and processes that outlived everything. */
export function leftovers(dataDirectory: string): string[] {
  const files = readdirSync(temporaryFolder(dataDirectory))
    // The bundler keeps its own program there.
    .filter((file) => file.startsWith('aimake-'))
    .map((file) => `a temporary file is left: ${file}`)
  const mark = `${FAULTS_MARK}=${dataDirectory}`
  const processes = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && contains(`/proc/${pid}/environ`, mark))
    .map((pid) => `a process is left: ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`)
  return [...files, ...processes]
}

function contains(path: string, words: string): boolean {
  try {
    return readFileSync(path, 'utf8').includes(words)
  } catch {
    // It has ended, or is not ours.
    return false
  }
}
