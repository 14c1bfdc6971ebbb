// The neural voice: seconds of sound for a second of work, in Mandarin and English, and what it holds of memory. Each line passes the
// product's own acceptance gate at the pace its voice's row names. Fails when the weights are not here. FFMPEG_PATH names ffmpeg.
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { makeLineAudio } from '../activities/audio/line-audio.ts'
import { createNeuralEngine } from '../activities/speech/neural-engine.ts'
import { createNeuralSpeech } from '../activities/speech/neural-provider.ts'
import { neuralVoices } from '../prisma/neural-catalogue.ts'
import { cacheDirectory } from '../scripts/launcher/folders.ts'
import { voiceFolder } from '../scripts/voice/fetch-voice.ts'
import { presentModel } from '../shared/neural-voice.ts'
import { spokenUnits } from '../shared/text.ts'
import type { Language } from '../shared/text.ts'

const TEXTS: Record<Language, string> = {
  zh:
    '夏夜里，只要走到足够黑的地方，抬头就能看见银河：一条淡淡的光带，从地平线的一头跨到另一头。' +
    '那是我们从里面望出去的银河系，上千亿颗恒星叠在一起，远得分不出彼此。',
  en:
    'Walk far enough from the street lamps on a summer night, and you can see the Milky Way: a pale band of light across the whole ' +
    'sky. It is our own galaxy, seen from within, a hundred billion stars too far away to be told apart.',
}
// Below it a listener would catch up with the voice.
const TARGET = 1
const MAX_RSS_MB = 1_600
const TICKS_PER_SECOND = 100

const folder = process.env['NEURAL_VOICE_DIR'] ?? voiceFolder(cacheDirectory(process.env))
const model = presentModel(folder)
if (!model) {
  console.error(`nothing was measured: the neural voice's weights are not in ${folder} (npm run fetch:voice brings them)`)
  process.exit(1)
}
const engine = createNeuralEngine()
const threads = availableParallelism()
const weights = () => ({ modelPath: `${folder}/${model.name}`, voicesFolder: folder })
const speech = createNeuralSpeech({ engine, threads, weights, isElsewhere: async () => false })
const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const { signal } = new AbortController()
const wanted = process.argv.slice(2)
const voices = neuralVoices.filter(({ providerVoice }) => wanted.length === 0 || wanted.includes(providerVoice))

/** What Linux knows of the engine's process: its largest memory, and the processor time it used. */
function engineUse(): { peakMb: number; cpuSeconds: number } {
  const [status, stat] = ['status', 'stat'].map((name) => readFileSync(`/proc/${engine.pid()}/${name}`, 'utf8')) as [
    string,
    string,
  ]
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number) as [number, number]
  return { peakMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024, cpuSeconds: (user + system) / TICKS_PER_SECOND }
}

async function measure(voice: (typeof neuralVoices)[number], text: string) {
  const language = voice.languages[0] as Language
  const request = { text, language, voice: { providerVoice: voice.providerVoice, settings: {} }, model: voice.model }
  const before = engine.pid() ? engineUse().cpuSeconds : 0
  const startedMs = performance.now()
  const answer = await speech.speak(request, { signal })
  const workSeconds = (performance.now() - startedMs) / 1000
  const soundSeconds = (answer.audio.length - 44) / 2 / 24_000
  await makeLineAudio(answer, { text, language, unitsPerSecond: voice.settings.unitsPerSecond }, tools)
  const cpuSeconds = process.platform === 'linux' ? engineUse().cpuSeconds - before : Number.NaN
  return { soundSeconds, workSeconds, cpuSeconds, pace: spokenUnits(text, language) / soundSeconds }
}

let isMissed = false
console.log(`${model.name}, ${threads} threads; others' load at the start: ${loadavg()[0]?.toFixed(1)}`)
try {
  // Loading the model is not what is measured.
  for (const voice of voices.slice(0, 1)) await measure(voice, voice.languages[0] === 'zh' ? '你好。' : 'Hello.')
  for (const voice of voices) {
    const { soundSeconds, workSeconds, cpuSeconds, pace } = await measure(voice, TEXTS[voice.languages[0] as Language])
    const alone = soundSeconds / (cpuSeconds / threads)
    isMissed ||= Math.max(soundSeconds / workSeconds, alone) < TARGET
    console.log(
      `${voice.providerVoice.padEnd(12)} ${soundSeconds.toFixed(1)} s of sound in ${workSeconds.toFixed(1)} s: ` +
        `${(soundSeconds / workSeconds).toFixed(2)} x (with the ${threads} cores to itself ${alone.toFixed(2)} x), ` +
        `${pace.toFixed(2)} units/s, accepted`,
    )
  }
  if (process.platform === 'linux') {
    const { peakMb } = engineUse()
    isMissed ||= peakMb > MAX_RSS_MB
    console.log(`the engine's memory at its largest: ${peakMb.toFixed(0)} MB (at most ${MAX_RSS_MB})`)
  }
} finally {
  await engine.stop()
}
process.exit(isMissed ? 1 : 0)
