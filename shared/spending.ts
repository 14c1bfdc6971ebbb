/** The names of the accounts that money is booked in, as the database's trigger on the ledger makes them. Days and months are UTC. */
export const dayAccount = (at: Date) => `house:${at.toISOString().slice(0, 10)}`
export const monthAccount = (userId: string, at: Date) => `user:${userId}:${at.toISOString().slice(0, 7)}`
export const episodeAccount = (episodeId: string) => `episode:${episodeId}`

/** When a daily cap is new again. */
export const nextDay = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1))

/** When a monthly plan is new again. */
export const nextMonth = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))

/** What an episode says of itself while it waits for money, by the cap it waits for. */
export const heldCodes = {
  episode: 'budget_reached',
  plan: 'plan_reached',
  day: 'daily_cap_reached',
  stop: 'spending_stopped',
} as const
