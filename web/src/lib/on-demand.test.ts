import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { speak } from '../i18n/translation.ts'
import { onDemand, soon } from './on-demand.ts'

// On a server React wants a second way to read a store; here the first one does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  useSyncExternalStore: (_subscribe: unknown, read: () => unknown) => read(),
}))

const Word = ({ word }: { word: string }) => createElement('b', null, word)

it('what stands in its place is shown until it is here, and it is read once', async () => {
  speak('zh', {})
  const read = vi.fn(async () => Word)
  const Part = onDemand(read)
  const draw = () => renderToString(createElement(Part, { word: '银河', meanwhile: '…' }))
  expect(draw()).toBe('…')
  await Part.ahead()
  await Part.ahead()
  expect(draw()).toBe('<b>银河</b>')
  expect(read).toHaveBeenCalledTimes(1)
})

it('what could not be read is read anew, and a hand that only comes near hears nothing of it', async () => {
  const read = vi
    .fn<() => Promise<typeof Word>>()
    .mockRejectedValueOnce(new TypeError('no connection'))
    .mockRejectedValueOnce(new TypeError('no connection'))
    .mockResolvedValue(Word)
  const Part = onDemand(read)
  soon(Part)()
  await expect(Part.ahead()).rejects.toThrow('no connection')
  await Part.ahead()
  expect(read).toHaveBeenCalledTimes(3)
})
