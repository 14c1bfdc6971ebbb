import type { ServerResponse } from 'node:http'

/**
 * Headers of an answer that is not begun. Written in one go by whoever answers before Express: set one by one on the answer each of them is looked up, kept
 * and looked through twice.
 */
export class AnswerHead {
  private readonly lines: string[] = []

  /** One header more; a name may come again. */
  appendHeader(name: string, value: string): void {
    this.lines.push(name, value)
  }

  /** These too: names and values in turn. */
  append(lines: readonly string[]): void {
    this.lines.push(...lines)
  }

  /** Begins the answer with all of them. */
  write(res: ServerResponse, status: number): ServerResponse {
    return res.writeHead(status, this.lines)
  }

  /** Leaves them to whoever answers later, who may set others in their place. */
  giveTo(res: ServerResponse): void {
    for (let at = 0; at < this.lines.length; at += 2) res.appendHeader(this.lines[at]!, this.lines[at + 1]!)
  }
}
