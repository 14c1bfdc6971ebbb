// Runs in a process of its own, so that espeak-ng's GPL code is never part of ours. Standard input: a JSON list of EspeakRun;
// standard output: for each run its length in bytes (32 bits, little-endian) and that many bytes of WAV, or of phonemes when asked for --ipa.
import { readFile } from 'node:fs/promises'
import type { EspeakRun } from './local-espeak.ts'

interface EspeakModule {
  FS: { readFile(path: string): Uint8Array; writeFile(path: string, text: string): void }
}
// Node's own types know WebAssembly only together with the browser's.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(program: object, imports: object): Promise<object>
}
type StartEspeak = (options: {
  arguments: string[]
  preRun: ((module: EspeakModule) => void)[]
  print(line: string): void
  printErr(line: string): void
  instantiateWasm(imports: object, ready: (instance: object) => void): object
}) => Promise<EspeakModule>

const PACKAGE = 'espeak-ng'

// Each run needs a fresh instance; compiling the program (18 MB) is most of the time, so it is done once.
async function speak(start: StartEspeak, program: object, { args, text }: EspeakRun): Promise<Uint8Array> {
  const lines: string[] = []
  const isSpelled = args.includes('--ipa')
  const module = await start({
    arguments: [...args, '-f', '/text', ...(isSpelled ? [] : ['-w', '/speech.wav'])],
    preRun: [({ FS }) => FS.writeFile('/text', text)],
    print: (line) => lines.push(line),
    printErr: (line) => process.stderr.write(`${line}\n`),
    instantiateWasm: (imports, ready) => {
      void WebAssembly.instantiate(program, imports).then(ready)
      return {}
    },
  })
  return isSpelled ? Buffer.from(lines.join('\n'), 'utf8') : module.FS.readFile('/speech.wav')
}

const input: Buffer[] = []
for await (const chunk of process.stdin) input.push(chunk as Buffer)
const { default: start } = (await import(PACKAGE)) as { default: StartEspeak }
const program = await WebAssembly.compile(await readFile(new URL('./espeak-ng.wasm', import.meta.resolve(PACKAGE))))
for (const run of JSON.parse(Buffer.concat(input).toString('utf8')) as EspeakRun[]) {
  const wav = await speak(start, program, run)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(wav.length)
  process.stdout.write(length)
  process.stdout.write(wav)
}
