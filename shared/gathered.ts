/**
 * Asks in one go what is asked while the last question is on its way: where asking costs more than what is asked. `askAll` answers in the order of the questions;
 * when it fails, all who asked by then are failed, those who still wait too: they would only wait as long for the same.
 */
export function gathered<Question, Answer>(
  askAll: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  type Waiting = { question: Question; resolve: (answer: Answer) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let isOnItsWay = false
  const takeAll = () => waiting.splice(0)
  const send = async () => {
    const these = takeAll()
    try {
      const answers = await askAll(these.map(({ question }) => question))
      these.forEach(({ resolve }, index) => resolve(answers[index]!))
    } catch (error) {
      for (const { reject } of [...these, ...takeAll()]) reject(error)
    }
    isOnItsWay = waiting.length > 0
    if (isOnItsWay) setImmediate(send)
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (isOnItsWay) return
      isOnItsWay = true
      setImmediate(send)
    })
}
