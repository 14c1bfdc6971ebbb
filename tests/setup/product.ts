import { launchProduct } from './launch.ts'

/** One running product for all end-to-end tests; they find it by the path in AIMAKE_RUN_JSON. */
export default async function setup(): Promise<() => Promise<void>> {
  // Undoing a delete is over after this long, so that a test can see what becomes of it.
  const product = await launchProduct(18000, [], { UNDO_SECONDS: '6' })
  process.env.AIMAKE_RUN_JSON = product.runJson
  return () => product.stop()
}
