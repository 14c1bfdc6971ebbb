import type { Database } from '../../prisma/client.ts'
import { costMicroUsd, toNumber } from '../../shared/money.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { voicesOnOffer } from './voices.repo.ts'
import type { Providers } from './voices.repo.ts'
import { voicesSchema } from './voices.schema.ts'

export function voiceRoutes(db: Database, providers: Providers): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/voices',
      summary: 'The voices that are switched on, with their price.',
      access: 'user',
      answers: { 200: { description: 'All of them.', schema: voicesSchema } },
      handler: async () => {
        const [voices, prices] = await Promise.all([
          voicesOnOffer(db, providers),
          db.price.findMany({
            where: { unit: 'character', effectiveFrom: { lte: new Date() } },
            orderBy: { effectiveFrom: 'desc' },
          }),
        ])
        const items = voices.flatMap(({ id, provider, model, name, nameEn, languages, gender, label }) => {
          const price = prices.find((one) => one.provider === provider && one.model === model)
          // A voice whose price nobody knows cannot be chosen, so it is not shown.
          if (!price) return []
          const perThousand = toNumber(costMicroUsd(1000, price))
          return [
            {
              id,
              provider,
              name,
              nameEn,
              languages,
              gender,
              label,
              sampleUrl: null,
              priceMicroUsdPerThousandCharacters: perThousand,
            },
          ]
        })
        return { status: 200, body: { items, nextCursor: null } }
      },
    }),
  ]
}
