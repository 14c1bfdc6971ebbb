import { expect, test } from 'vitest'
import { runTool } from './run-tool.ts'

const node = process.execPath
const script = (code: string): string[] => ['-e', code]

test('answers output and exit code, and bounds standard error', async () => {
  const result = await runTool(
    node,
    script("process.stdin.pipe(process.stdout); process.stderr.write('x'.repeat(9000)); process.exitCode = 3"),
    { input: Buffer.from('in') },
  )
  expect(result).toMatchObject({ exitCode: 3 })
  expect(result.stdout.toString()).toBe('in')
  expect(result.stderr).toHaveLength(4_000)
})

test('an aborted call leaves no process behind', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const work = runTool(node, script("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"), {
    signal: controller.signal,
  })
  setTimeout(() => controller.abort(reason), 150)
  await expect(work).rejects.toBe(reason)
  await expect(runTool(node, script(''), { signal: controller.signal })).rejects.toBe(reason)
})

test('a program that reads nothing, is missing, or writes without end is an answer, not a hang', async () => {
  await expect(runTool(node, script(''), { input: Buffer.alloc(4_000_000) })).resolves.toMatchObject({ exitCode: 0 })
  await expect(runTool('/nonexistent/tool', [])).rejects.toMatchObject({ code: 'missing' })
  await expect(
    runTool(node, script("setInterval(() => process.stdout.write('x'.repeat(60000)), 1)"), { maxStdoutBytes: 200_000 }),
  ).rejects.toMatchObject({ code: 'too_much_output' })
})
