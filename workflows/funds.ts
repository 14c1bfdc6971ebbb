import { condition, defineSignal, setHandler } from '@temporalio/workflow'
import { quick } from './activity-options.ts'
import type { Hold, ProduceEpisodeInput } from './contract.ts'
import { signals } from './contract.ts'
import { tell } from './tell.ts'

const funds = defineSignal(signals.funds)

/** The money of a run: at a cap it waits, for days if need be, until the cap is raised, lifted, or its day or month is over. */
export class Funds {
  private told = false
  private readonly episode: ProduceEpisodeInput
  private readonly followers: (() => void)[] = []

  constructor(episode: ProduceEpisodeInput) {
    this.episode = episode
    setHandler(funds, () => void (this.told = true))
  }

  /** Calls `follow` each time there is money again. */
  whenThere(follow: () => void): void {
    this.followers.push(follow)
  }

  /** Waits until there is money for what was held. A signal only says that it is worth looking: the books decide. */
  async wait(hold: Hold): Promise<void> {
    const { episodeId, versionId } = this.episode
    for (;;) {
      this.told = false
      const { paused, againInMs } = await quick.pauseForMoney({ episodeId, versionId, hold })
      if (!paused) break
      tell('paused_budget', `held by the cap "${hold.cap}": ${hold.neededMicroUsd} micro-USD more do not fit`)
      if (againInMs === undefined) await condition(() => this.told)
      else await condition(() => this.told, againInMs)
    }
    for (const follow of this.followers) follow()
  }
}
