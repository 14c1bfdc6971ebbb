import { useMutation } from '@tanstack/react-query'
import { useNotify } from 'react-admin'
import { useErrorWords } from './use-error-words.ts'

export interface Act {
  /** What is done; its refusal is told in words. */
  act: () => Promise<unknown>
  /** The words for having done it. */
  done: string
  /** Afterwards, whatever became of it. */
  after?: () => void
}

/** Something one presses for: done once, and told how it went. */
export function useAct({ act, done, after }: Act) {
  const notify = useNotify()
  const words = useErrorWords()
  return useMutation({
    mutationFn: act,
    onSuccess: () => notify(done),
    onError: (error) => notify(words(error), { type: 'warning' }),
    onSettled: after,
  })
}
