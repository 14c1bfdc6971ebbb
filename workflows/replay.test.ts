import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from '@temporalio/worker'
import type { WorkflowBundle } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleWorkflows, installQuietRuntime } from './rehearsal/bundle.ts'
import { isEarlier, readHistories } from './rehearsal/histories.ts'
import { stories } from './rehearsal/stories.ts'

/** A file, what stands there, and what shall stand there instead. */
type Edit = [file: string, from: string, to: string]

const histories = readHistories()
const named = (story: string) => histories.find((recorded) => recorded.story === story)!.history
const replay = (workflowBundle: WorkflowBundle, history: unknown) => Worker.runReplayHistory({ workflowBundle }, history)

beforeAll(() => installQuietRuntime())

test('every story has its recorded history', () => {
  const present = histories.map(({ story }) => story).filter((story) => !isEarlier(story))
  expect(present.toSorted()).toEqual(Object.keys(stories).sort())
})

describe('the present workflows replay', () => {
  let present: WorkflowBundle
  beforeAll(async () => {
    present = await bundleWorkflows()
  }, 60_000)

  test.for(histories)('$story', ({ history }) => replay(present, history))
})

describe('the gate turns red', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-planted-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.for([
    {
      change: 'a deed too many',
      edits: [['produce-episode.ts', 'const sources = await', 'await quick.listSources(ref(episode)); const sources = await']],
      stories: ['ready'],
    },
    {
      change: 'a narrower window',
      edits: [['voicing-window.ts', 'const WIDTH = 20', 'const WIDTH = 19']],
      stories: ['ready'],
    },
    {
      change: 'a repair that voices nothing',
      edits: [['produce-episode.ts', 'voicing.add(await linesToVoice(episode))', '']],
      stories: ['repaired'],
    },
    {
      // A run has one of these ends, so that one bundle tries them all.
      change: 'another end',
      edits: [
        ['produce-episode.ts', 'await quick.settleCancelled(ref(episode))', ''],
        ['produce-episode.ts', 'await quick.settleFailed({', 'await quick.settleCancelled({'],
        ['purge-episode.ts', 'await sleep(undoSeconds * 1000)', 'void sleep'],
      ],
      stories: ['cancelled-while-waiting', 'failed', 'purged'],
    },
  ] satisfies { change: string; edits: Edit[]; stories: string[] }[])(
    '$change, against $stories',
    async ({ edits, stories: played }) => {
      const changed = await bundleWorkflows(changedCopy(edits))
      for (const story of played) await expect(replay(changed, named(story)), story).rejects.toThrow(DeterminismViolationError)
    },
  )

  /** The workflows with something changed, in a folder of their own. */
  function changedCopy(edits: Edit[]): URL {
    const copy = mkdtempSync(join(folder, 'workflows-'))
    const house = fileURLToPath(new URL('..', import.meta.url))
    const files = readdirSync(join(house, 'workflows')).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    for (const file of files) cpSync(join(house, 'workflows', file), join(copy, file))
    symlinkSync(join(house, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, from, to] of edits) {
      const source = readFileSync(join(copy, file), 'utf8')
      expect(source, 'the thing to change').toContain(from)
      writeFileSync(join(copy, file), source.replace(from, to))
    }
    return pathToFileURL(`${copy}/`)
  }
})
