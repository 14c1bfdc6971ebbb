import { condition, defineSignal, setHandler } from '@temporalio/workflow'
import { quick } from './activity-options.ts'
import type { Failure, ProduceEpisodeInput } from './contract.ts'
import { signals } from './contract.ts'
import { Funds } from './funds.ts'
import { tell } from './tell.ts'
import { failureOf } from './voicing-window.ts'

const repair = defineSignal(signals.repair)

/** The person whose episode it is: a failure is a pause, in which they mend something and let the same run go on. */
export class Person {
  readonly funds: Funds
  private asked = false
  private readonly episode: ProduceEpisodeInput

  constructor(episode: ProduceEpisodeInput) {
    this.episode = episode
    this.funds = new Funds(episode)
    setHandler(repair, () => void (this.asked = true))
  }

  /**
   * Does the work, and again each time they say so or there is money, as long as it fails for what only they can mend or for want of money.
   * Throws every other failure.
   */
  async untilDone<T>(work: () => Promise<T>, before: () => Promise<void>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        const failure = failureOf(error)
        if (failure.hold) await this.funds.wait(failure.hold)
        else if (failure.waitsForPerson) await this.mends(`${failure.code}: ${failure.detail}`, { failedLines: 0, failure })
        else throw error
        await before()
      }
    }
  }

  /** Says what has to be mended and waits until they say that it is, for days if need be. */
  async mends(why: string, what: { failedLines: number; failure?: Failure }): Promise<void> {
    tell('needs_repair', why)
    this.asked = false
    await quick.pauseForRepair({ episodeId: this.episode.episodeId, versionId: this.episode.versionId, ...what })
    await condition(() => this.asked)
  }
}
