import type { Database } from '../../prisma/client.ts'
import { neuralVoices } from '../../prisma/neural-catalogue.ts'

/** Shows the neural voices where voices are chosen, or hides them; a store that was filled before there were any gets their rows. */
export async function switchNeuralVoices(db: Database, isOn: boolean): Promise<void> {
  if (isOn) await db.voice.createMany({ data: neuralVoices.map((voice) => ({ ...voice, enabled: true })), skipDuplicates: true })
  await db.voice.updateMany({ where: { provider: 'neural', enabled: !isOn }, data: { enabled: isOn } })
}
