/** Something a person can put right: what is wrong, and the one thing to do about it. */
export class StartError extends Error {
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.name = 'StartError'
    this.remedy = remedy
  }
}
