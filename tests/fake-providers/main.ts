// The fake providers as a program of their own: node tests/fake-providers/main.ts --port 18900
import { parseArgs } from 'node:util'
import { startFakeProviders } from './server.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const ffmpegPath = process.env['FFMPEG_PATH']
const { url, close } = await startFakeProviders({ port: Number(values.port), ...(ffmpegPath && { ffmpegPath }) })
process.stdout.write(`fake providers on ${url}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
