// Runs in a process of its own, without rights and without settings: a document that breaks its reader breaks nothing else. Standard input: the bytes;
// first argument: what a web server called them, or nothing; standard output: one JSON ExtractAnswer.
import { buffer } from 'node:stream/consumers'
import { extract } from './extract.ts'
import { SourceUnreadable } from './extracted.ts'
import type { ExtractAnswer } from './extract-in-child.ts'

async function answer(): Promise<ExtractAnswer> {
  try {
    return { extracted: await extract(new Uint8Array(await buffer(process.stdin)), process.argv[2]) }
  } catch (error) {
    if (error instanceof SourceUnreadable) return { code: error.code, detail: error.message }
    return { code: 'file-damaged', detail: 'The file is damaged or not whole.', why: String(error).slice(0, 500) }
  }
}

process.stdout.write(JSON.stringify(await answer()))
