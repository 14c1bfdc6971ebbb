import { setTimeout as sleep } from 'node:timers/promises'
import type { ActivitySlotInfo, CustomSlotSupplier } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { Turnstile, nowAt } from './turnstile.ts'
import type { TurnstileLimits } from './turnstile.ts'

type Step = PromiseWithResolvers<void>

/** The slots a worker would ask for, and lines that stay where they are until told. */
function standing(limits: TurnstileLimits) {
  const turnstile = new Turnstile(limits)
  const tuner = turnstile.tuner() as { activityTaskSlotSupplier: CustomSlotSupplier<ActivitySlotInfo> }
  const slots = tuner.activityTaskSlotSupplier
  const context = {
    slotType: 'activity',
    taskQueue: 'speech-x',
    workerIdentity: 'w',
    workerBuildId: 'b',
    isSticky: false,
  } as const
  const take = () => slots.tryReserveSlot(context)
  const line = () => {
    const [called, made, ended] = [0, 1, 2].map(() => Promise.withResolvers<void>()) as [Step, Step, Step]
    const over = turnstile
      .visit(async () => {
        await called.promise
        nowAt('calling')
        await made.promise
        nowAt('making')
        await ended.promise
      })
      .then(() => slots.releaseSlot({ permit: {} }))
    const step = async (which: Step) => {
      which.resolve()
      await sleep(1)
    }
    return { call: () => step(called), make: () => step(made), end: () => Promise.all([step(ended), over]) }
  }
  return { slots, context, take, line }
}

test('only so many lines may wait, however many slots there are', () => {
  const { take } = standing({ slots: 100, waiting: 2, making: 4 })
  expect([take(), take(), take()]).toEqual([{}, {}, null])
})

test('a line that has its place lets another in; one too many being made lets none in', async () => {
  const { take, line } = standing({ slots: 100, waiting: 1, making: 1 })
  take()
  const first = line()
  expect(take()).toBeNull()
  await first.call()
  expect(take()).toEqual({})
  const second = line()
  await second.call()
  await first.make()
  expect(take(), 'nobody waits, but one is being made').toBeNull()
  await first.end()
  expect(take()).toEqual({})
})

test('whoever waits for a slot gets it when a line moves on, and is let go when the worker stops', async () => {
  const { slots, context, take, line } = standing({ slots: 100, waiting: 1, making: 4 })
  take()
  const first = line()
  const waiting = slots.reserveSlot(context, new AbortController().signal)
  await first.call()
  await expect(waiting).resolves.toEqual({})
  const stop = new AbortController()
  const refused = slots.reserveSlot(context, stop.signal)
  stop.abort()
  await expect(refused).rejects.toThrow()
})

test('all slots taken is all', async () => {
  const { take, line } = standing({ slots: 1, waiting: 5, making: 5 })
  take()
  await line().call()
  expect(take()).toBeNull()
})

test('said outside a turnstile it means nothing', () => {
  expect(() => nowAt('calling')).not.toThrow()
})
