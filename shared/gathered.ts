/**
 * Asks in one go what is asked in one turn of the event loop: where asking costs more than what is asked. `askAll` answers in the order of the questions; when it
 * fails, all of them fail.
 */
export function gathered<Question, Answer>(
  askAll: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: { question: Question; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = []
  const send = () => {
    const these = waiting
    waiting = []
    askAll(these.map(({ question }) => question)).then(
      (answers) => these.forEach(({ resolve }, index) => resolve(answers[index]!)),
      (error: unknown) => these.forEach(({ reject }) => reject(error)),
    )
  }
  return (question) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ question, resolve, reject }) === 1) setImmediate(send)
    })
}
