import { expect, test } from 'vitest'
import { framesForSamples, planTimeline } from '../../shared/playlist.ts'
import { SUBRIP_CUES, subRip, transcriptCues, webVtt } from './transcript.ts'

const long = `${'我们先说清楚这件事情的来龙去脉，'.repeat(12)}好。`
const lines = [
  { speaker: '小明 <b>', text: 'A & B --> <C>', samples: 96_000 },
  { speaker: '小红', text: long, samples: 1_440_000 },
  { speaker: 'Amy', text: `${'All of these words are said one after another, '.repeat(6)}and that is all.`, samples: 480_000 },
]
const rows = planTimeline(lines.map(({ samples }) => ({ samples, frames: framesForSamples(samples), pauseAfterMs: 400 })))

test('cues stand where the lines sound, within their length, in order', () => {
  const cues = transcriptCues(lines, rows)
  expect(cues[0]).toMatchObject({ startMs: 0, endMs: 2_000 })
  const ofSecond = cues.filter(({ speaker }) => speaker === '小红')
  expect(ofSecond[0]?.startMs).toBe((rows[1]?.startFrame ?? 0) * 24)
  expect(ofSecond.at(-1)?.endMs).toBe((rows[1]?.startFrame ?? 0) * 24 + 30_000)
  cues.forEach((cue, at) => expect(cue.startMs).toBeGreaterThanOrEqual(cues[at - 1]?.endMs ?? 0))
  expect(transcriptCues(lines, rows, { delaySamples: 1105 })[0]?.startMs).toBe(23)
})

test('rows keep their width and lose nothing', () => {
  for (const widthCharacters of [32, 65]) {
    const cues = transcriptCues(lines, rows, { widthCharacters })
    expect(cues.flatMap((cue) => cue.rows).every((row) => row.length <= widthCharacters)).toBe(true)
    for (const { speaker, text } of lines) {
      const said = cues.filter((cue) => cue.speaker === speaker).flatMap((cue) => cue.rows)
      expect(said.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }
  }
})

test('text cannot become markup', () => {
  const vtt = webVtt(transcriptCues(lines, rows))
  expect(vtt.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v 小明 &lt;b&gt;>A &amp; B --&gt; &lt;C&gt;\n')).toBe(true)
})

test('SubRip shows two rows of 32 at most, the name within them where the speaker changes', () => {
  const srt = subRip(transcriptCues([...lines, { ...lines[2]!, text: 'Once more.' }], [...rows, rows[2]!], SUBRIP_CUES))
  expect(srt.startsWith('1\n00:00:00,000 --> 00:00:02,000\n小明 <b>: A & B')).toBe(true)
  const blocks = srt.split('\n\n').map((block) => block.trim().split('\n').slice(2))
  expect(blocks.every((shown) => shown.length <= 2 && shown.every((row) => row.length <= 32))).toBe(true)
  expect(srt.match(/Amy: /g)).toHaveLength(1)
  expect(srt.match(/小红: /g)).toHaveLength(1)
})
