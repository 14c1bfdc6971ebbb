import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CRASH_WORDS, passing, planCrashes } from './crash-points.ts'

/** A process that passes two points and then lives for a moment. */
function live(wanted: string) {
  const module = JSON.stringify(fileURLToPath(new URL('crash-points.ts', import.meta.url)))
  const story = `import { passing, planCrashes } from ${module}; planCrashes(${JSON.stringify(wanted.split(',').filter(Boolean))})
    passing('speech.opened'); passing('speech.answered'); setTimeout(() => console.log('lived'), 100)`
  const { signal, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', story], { encoding: 'utf8' })
  return { signal, stdout: stdout.trim(), died: stderr.split(CRASH_WORDS)[1]?.trim() }
}

it.each([
  ['', { signal: null, stdout: 'lived', died: undefined }],
  ['speech.kept', { signal: null, stdout: 'lived', died: undefined }],
  ['speech.answered,speech.opened', { signal: 'SIGKILL', stdout: '', died: 'speech.opened' }],
  ['speech.answered+', { signal: 'SIGKILL', stdout: '', died: 'speech.answered+' }],
])('a process that shall die at "%s"', (wanted, end) => expect(live(wanted)).toEqual(end))

it('knows no other points, and without a plan passing one does nothing', () => {
  expect(() => planCrashes(['speech.opend'])).toThrow('no such crash point: speech.opend')
  passing('speech.opened')
})
