import { launchProduct } from './launch.ts'
import { moneyFaults } from './money.ts'
import { rows } from './store.ts'

/** Where tests listen for what is sent to webhooks: the one inner address that may be told. */
export const RECEIVER_PORT = 18_990
/** A webhook that is told there and never takes it: its messages are given up after some seconds, and leave the machine never. */
export const DEAF_RECEIVER = `http://127.0.0.1:${RECEIVER_PORT}/deaf`

/** One running product for all end-to-end tests; they find it by the path in AIMAKE_RUN_JSON. */
export default async function setup(): Promise<() => Promise<void>> {
  // Undoing a delete is over after this long: late enough for a browser on a busy machine, soon enough for a test to see what becomes of it.
  const product = await launchProduct(18000, [], {
    UNDO_SECONDS: '20',
    WEBHOOK_PRIVATE_HOSTS: `127.0.0.1:${RECEIVER_PORT}`,
    WEBHOOK_RETRY_SECONDS: '1,1,1',
    SOURCE_TEST_SERVERS: '127.0.0.1:18790',
  })
  process.env.AIMAKE_RUN_JSON = product.runJson
  return async () => {
    // After everything that any test did, and before it is thrown away.
    const found = await moneyFaults((sql) => rows(product.run, sql))
    await product.stop()
    if (found.length > 0) throw new Error(`the books do not balance:\n${found.join('\n')}`)
  }
}
