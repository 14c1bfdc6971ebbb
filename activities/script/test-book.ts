import type { AnswerBook, Usage } from './port.ts'

/** For tests: a book in memory that says what was asked, and how each question ended. */
export class MemoryBook implements AnswerBook {
  readonly entries: { question: string; code: string; usage: Usage | undefined }[] = []
  readonly #answers = new Map<string, string>()

  kept(question: string): Promise<string | undefined> {
    return Promise.resolve(this.#answers.get(question))
  }

  open(question: string) {
    const end = (code: string, usage: Usage | undefined) => Promise.resolve(void this.entries.push({ question, code, usage }))
    return Promise.resolve({
      answered: (words: string, usage: Usage) => {
        this.#answers.set(question, words)
        return end('ok', usage)
      },
      failed: end,
    })
  }
}
