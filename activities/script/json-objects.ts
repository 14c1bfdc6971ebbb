/**
 * Reads one JSON object while it is being written and gives out the members of its first list as each one is whole:
 * `{"lines":[{...},{...}` has two. Text around the JSON (a fence of Markdown) does not matter.
 */
export class JsonObjects {
  #text = ''
  #at = 0
  #depth = 0
  #inString = false
  #escaped = false
  #start = -1
  #ended = false

  /** Takes a piece; the objects it completed. Throws SyntaxError where it is no JSON. */
  push(piece: string): unknown[] {
    this.#text += piece
    const found: unknown[] = []
    for (; this.#at < this.#text.length; this.#at += 1) this.#read(this.#text[this.#at] as string, found)
    if (this.#start < 0) this.#text = this.#text.slice(this.#at)
    else this.#text = this.#text.slice(this.#start)
    this.#at = this.#text.length
    if (this.#start > 0) this.#start = 0
    return found
  }

  /** How much of an unfinished object is there: one that never ends is noticed by it. */
  get pending(): number {
    return this.#start < 0 ? 0 : this.#text.length
  }

  /** Whether the object came to its end. */
  get ended(): boolean {
    return this.#ended
  }

  #read(character: string, found: unknown[]): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = true
      else if (character === '"') this.#inString = false
    } else if (character === '"') this.#inString = this.#depth > 0
    else if (character === '{' || character === '[') {
      // Depth 1 is the object itself, 2 its list, 3 a member.
      if (character === '{' && this.#depth === 2) this.#start = this.#at
      this.#depth += 1
    } else if (character === '}' || character === ']') this.#close(found)
  }

  #close(found: unknown[]): void {
    if (this.#depth > 0) this.#depth -= 1
    if (this.#depth === 2 && this.#start >= 0) {
      found.push(JSON.parse(this.#text.slice(this.#start, this.#at + 1)))
      this.#start = -1
    }
    if (this.#depth === 0) this.#ended = true
  }
}
